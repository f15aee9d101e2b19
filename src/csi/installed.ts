/** Under this name a cluster knows the drivers that it installs. */
export const DRIVERS = 'drivers';
