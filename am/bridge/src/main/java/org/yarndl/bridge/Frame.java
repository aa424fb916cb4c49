package org.yarndl.bridge;

/** One message: what it is, and its fields. */
public final class Frame {
  public final int kind;
  public final byte[] payload;

  public Frame(int kind, byte[] payload) {
    this.kind = kind;
    this.payload = payload;
  }

  public ByteReader fields() {
    return new ByteReader(payload);
  }
}
