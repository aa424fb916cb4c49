package org.yarndl.bridge;

import java.nio.charset.StandardCharsets;

/** What a child process reads first from its standard input: one line of JSON. */
public final class Hello {
  private Hello() {}

  /** Secret, port on the loopback interface, cores and bytes of memory to use. */
  public static byte[] line(Secret secret, int port, int cores, long bytes) {
    StringBuilder hex = new StringBuilder();
    for (byte b : secret.copy()) {
      hex.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return ("{\"protocol\":" + Frame.VERSION + ",\"secret\":\"" + hex + "\",\"port\":" + port + ",\"cores\":" + cores + ",\"bytes\":" + bytes + "}\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
