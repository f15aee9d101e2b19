export interface RbdMapOptions { readonly krbd?: string[] }
export interface RbdUnmapOptions { readonly krbd?: string[] }
