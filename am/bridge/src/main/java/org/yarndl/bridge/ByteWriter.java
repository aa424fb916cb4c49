package org.yarndl.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Fields one after the other, little endian, in memory that grows. */
public final class ByteWriter {
  private ByteBuffer bytes;

  public ByteWriter() {
    this(256);
  }

  public ByteWriter(int capacity) {
    bytes = order(new byte[Math.max(16, capacity)]);
  }

  public int length() {
    return bytes.position();
  }

  /** The memory itself; the first {@link #length} bytes are written. */
  public byte[] array() {
    return bytes.array();
  }

  public byte[] toArray() {
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  public ByteWriter clear() {
    bytes.clear();
    return this;
  }

  public ByteWriter u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  public ByteWriter u16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  public ByteWriter i32(int value) {
    room(4).putInt(value);
    return this;
  }

  public ByteWriter i64(long value) {
    room(8).putLong(value);
    return this;
  }

  public ByteWriter f32(float value) {
    room(4).putFloat(value);
    return this;
  }

  public ByteWriter f64(double value) {
    room(8).putDouble(value);
    return this;
  }

  /** Bytes as they are, without their length. */
  public ByteWriter raw(byte[] value, int offset, int count) {
    room(count).put(value, offset, count);
    return this;
  }

  /** Length (32 bits), then the bytes. */
  public ByteWriter blob(byte[] value) {
    return i32(value.length).raw(value, 0, value.length);
  }

  /** UTF-8 as {@link #blob}. */
  public ByteWriter text(String value) {
    return blob(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Overwrites a 32-bit field written before. */
  public void patch(int offset, int value) {
    bytes.putInt(offset, value);
  }

  private ByteBuffer room(int count) {
    long end = (long) bytes.position() + count;
    if (end > bytes.capacity()) {
      if (end > Integer.MAX_VALUE - 16) {
        throw new ProtocolException("a message of " + end + " bytes; at most 2 GiB fit");
      }
      int capacity = (int) Math.min(Integer.MAX_VALUE - 16, Math.max(end, 2L * bytes.capacity()));
      ByteBuffer more = order(java.util.Arrays.copyOf(bytes.array(), capacity));
      more.position(bytes.position());
      bytes = more;
    }
    return bytes;
  }

  private static ByteBuffer order(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }
}
