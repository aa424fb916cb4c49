package org.yarndl.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads little-endian fields one after the other and refuses to read past the end. */
public final class ByteReader {
  private final ByteBuffer bytes;

  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public ByteReader(byte[] bytes, int offset, int count) {
    this.bytes = ByteBuffer.wrap(bytes, offset, count).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  public int left() {
    return bytes.remaining();
  }

  public int u8() {
    return need(1).get() & 0xFF;
  }

  public int u16() {
    return need(2).getShort() & 0xFFFF;
  }

  public int i32() {
    return need(4).getInt();
  }

  public long i64() {
    return need(8).getLong();
  }

  public float f32() {
    return need(4).getFloat();
  }

  public double f64() {
    return need(8).getDouble();
  }

  /** A count that must be in 0 .. most. */
  public int count(int most) {
    int value = i32();
    if (value < 0 || value > most) {
      throw new ProtocolException("a count of " + (value & 0xFFFFFFFFL) + "; at most " + most + " is possible");
    }
    return value;
  }

  public byte[] raw(int count) {
    byte[] value = new byte[count];
    need(count).get(value);
    return value;
  }

  public byte[] blob() {
    return raw(count(left()));
  }

  public String text() {
    return new String(blob(), StandardCharsets.UTF_8);
  }

  /** Refuses bytes that nobody asked for. */
  public void end() {
    if (left() > 0) {
      throw new ProtocolException(left() + " bytes too many in a message");
    }
  }

  private ByteBuffer need(int count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new ProtocolException("a field of " + count + " bytes, " + bytes.remaining() + " are left");
    }
    return bytes;
  }
}
