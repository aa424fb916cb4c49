package org.yarndl.bridge;

/** Logical types of columns; the numbers are those of .NET's ColumnType. */
public enum ColumnType {
  BOOL(1, 1),
  INT8(2, 1),
  INT16(3, 2),
  INT32(4, 4),
  INT64(5, 8),
  UINT8(6, 1),
  UINT16(7, 2),
  UINT32(8, 4),
  UINT64(9, 8),
  FLOAT32(10, 4),
  FLOAT64(11, 8),
  /** 128-bit unscaled value. */
  DECIMAL(12, 16),
  TEXT(13, 0),
  BINARY(14, 0),
  /** Days since 1970-01-01. */
  DATE(15, 4),
  /** Microseconds since 1970-01-01T00:00:00Z. */
  TIMESTAMP(16, 8),
  /** Microseconds since midnight. */
  TIME(17, 8),
  STRUCT(18, 0),
  LIST(19, 0),
  MAP(20, 0);

  final int number;
  /** Bytes of a value; 0 for text, binary and nested types. */
  final int width;

  ColumnType(int number, int width) {
    this.number = number;
    this.width = width;
  }

  boolean hasOffsets() {
    return this == TEXT || this == BINARY || this == LIST || this == MAP;
  }

  static ColumnType of(int number) {
    if (number < 1 || number > values().length) {
      throw new ProtocolException("column type " + number + " is unknown");
    }
    return values()[number - 1];
  }
}
