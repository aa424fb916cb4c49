package org.yarndl.bridge;

import java.math.BigInteger;
import java.util.Arrays;

/** Makes a column value by value. For lists, maps and structs the children are filled first, then the row is closed. */
public final class ColumnBuilder {
  private final ColumnField field;
  private final ColumnBuilder[] children;
  private final ByteWriter values = new ByteWriter(1 << 12);
  private final ByteWriter offsets = new ByteWriter().i32(0);
  private byte[] validity = new byte[64];
  private boolean anyNull;
  private int rows;

  public ColumnBuilder(ColumnField field) {
    this.field = field;
    children = new ColumnBuilder[field.children.size()];
    for (int i = 0; i < children.length; i++) {
      children[i] = new ColumnBuilder(field.children.get(i));
    }
  }

  public ColumnField field() {
    return field;
  }

  public int rows() {
    return rows;
  }

  public ColumnBuilder child(int index) {
    return children[index];
  }

  /** Bytes so far, children included. */
  public long bytes() {
    long sum = values.length() + offsets.length() + rows / 8;
    for (ColumnBuilder c : children) {
      sum += c.bytes();
    }
    return sum;
  }

  public void appendNull() {
    anyNull = true;
    for (int i = 0; i < field.type.width; i++) {
      values.u8(0);
    }
    if (field.type == ColumnType.STRUCT) {
      for (ColumnBuilder c : children) {
        c.appendNull();
      }
    }
    next(false);
  }

  public void append(boolean value) {
    width(1);
    values.u8(value ? 1 : 0);
    next(true);
  }

  /** An integer of the column's width, a date or a time. */
  public void append(long value) {
    switch (field.type.width) {
      case 1: values.u8((int) value); break;
      case 2: values.u16((int) value); break;
      case 4: values.i32((int) value); break;
      default: width(8); values.i64(value);
    }
    next(true);
  }

  public void append(float value) {
    width(4);
    values.f32(value);
    next(true);
  }

  public void append(double value) {
    width(8);
    values.f64(value);
    next(true);
  }

  /** The unscaled value of a decimal. */
  public void append(BigInteger value) {
    width(16);
    if (value.bitLength() > 127) {
      throw new IllegalArgumentException("[rows] column " + field.name + ": " + value + " does not fit 128 bits");
    }
    values.i64(value.longValue()).i64(value.shiftRight(64).longValue());
    next(true);
  }

  /** Text as UTF-8, or binary. */
  public void append(byte[] value) {
    if (field.type != ColumnType.TEXT && field.type != ColumnType.BINARY) {
      throw new IllegalArgumentException("[rows] column " + field.name + " of type " + field.type + " holds no bytes");
    }
    values.raw(value, 0, value.length);
    next(true);
  }

  /** Ends a list, map or struct whose children have been filled. */
  public void close() {
    next(true);
  }

  /** Validity, values, offsets, children; the builder starts anew. */
  void write(ByteWriter out) {
    int valid = anyNull ? (rows + 7) / 8 : 0;
    out.i32(valid).raw(validity, 0, valid);
    out.i32(values.length()).raw(values.array(), 0, values.length());
    if (field.type.hasOffsets()) {
      out.raw(offsets.array(), 0, offsets.length());
    }
    for (ColumnBuilder c : children) {
      c.write(out);
    }
    values.clear();
    offsets.clear().i32(0);
    Arrays.fill(validity, (byte) 0);
    anyNull = false;
    rows = 0;
  }

  private void width(int bytes) {
    if (field.type.width != bytes) {
      throw new IllegalArgumentException("[rows] column " + field.name + " of type " + field.type + " holds no values of " + bytes + " bytes");
    }
  }

  private void next(boolean valid) {
    if (rows / 8 >= validity.length) {
      validity = Arrays.copyOf(validity, 2 * validity.length);
    }
    if (valid) {
      validity[rows >> 3] |= 1 << (rows & 7);
    }
    rows++;
    if (field.type.hasOffsets()) {
      offsets.i32(children.length > 0 ? children[0].rows : values.length());
    }
  }
}
