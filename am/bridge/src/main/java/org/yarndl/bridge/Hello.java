package org.yarndl.bridge;

/** What a child process reads first from its standard input (docs/worker-protocol.md). */
public final class Hello {
  private Hello() {}

  /** Version, secret, port on the loopback interface, cores and bytes of memory to use. */
  public static byte[] bytes(Secret secret, int port, int cores, long bytes) {
    return new ByteWriter().i32(1).blob(secret.copy()).i32(port).i32(cores).i64(bytes).toArray();
  }
}
