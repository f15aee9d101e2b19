/** What a line is about, such as `{ claim: 'shop/data' }`. */
export type Facts = Readonly<Record<string, unknown>>;

const line = (level: string, message: string, facts: Facts) => console.log(JSON.stringify({ time: new Date().toISOString(), level, message, ...facts }));

/** One line for each thing that was done. */
export const info = (message: string, facts: Facts = {}) => line('info', message, facts);
export const warn = (message: string, facts: Facts = {}) => line('warning', message, facts);
export const error = (message: string, facts: Facts = {}) => line('error', message, facts);
