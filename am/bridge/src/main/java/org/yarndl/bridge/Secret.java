package org.yarndl.bridge;

import java.security.MessageDigest;
import java.security.SecureRandom;

/** 256 random bits that a process shows to be let in. Given through standard input only; never printed. */
public final class Secret {
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Secret create() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(bytes);
  }

  /** In constant time. */
  public boolean matches(byte[] shown) {
    return MessageDigest.isEqual(bytes, shown);
  }

  public byte[] copy() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
