/** Who the driver is. */
export class IdentityService {
  public constructor(private readonly name: string, private readonly version: string) {}

  public async getPluginInfo(): Promise<object> {
    return { name: this.name, vendorVersion: this.version };
  }

  public async getPluginCapabilities(): Promise<object> {
    return {
      capabilities: [
        { service: { type: 'CONTROLLER_SERVICE' } },
        { service: { type: 'VOLUME_ACCESSIBILITY_CONSTRAINTS' } },
        { volumeExpansion: { type: 'ONLINE' } },
      ],
    };
  }

  /** Asked by the liveness probe. */
  public async probe(): Promise<object> {
    return { ready: { value: true } };
  }
}
