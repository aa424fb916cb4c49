package org.yarndl.bridge;

/**
 * A frame of the worker protocol (docs/worker-protocol.md): 20 bytes of header (magic, version, operation, head length, tail length),
 * the head with typed fields, the tail with raw vectors.
 */
public final class Frame {
  /** "YDLW". */
  static final int MAGIC = 0x574C4459;
  static final int VERSION = 2;
  static final int HEADER = 20;

  public final int operation;
  public final byte[] head;
  public final byte[] tail;

  public Frame(int operation, byte[] head, byte[] tail) {
    this.operation = operation;
    this.head = head;
    this.tail = tail;
  }

  public ByteReader fields() {
    return new ByteReader(head);
  }

  /** The frame as it goes over the wire, for those who pass it on unread. */
  public byte[] bytes() {
    return new ByteWriter(HEADER + head.length + tail.length).raw(header(operation, head.length, tail.length), 0, HEADER)
        .raw(head, 0, head.length).raw(tail, 0, tail.length).toArray();
  }

  static byte[] header(int operation, int head, long tail) {
    return new ByteWriter(HEADER).i32(MAGIC).u16(VERSION).u16(operation).i32(head).i64(tail).array();
  }
}
