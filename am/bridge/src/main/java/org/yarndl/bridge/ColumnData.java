package org.yarndl.bridge;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One column of a batch that came from .NET; every offset has been checked. */
public final class ColumnData {
  public final ColumnField field;
  public final int rows;
  private final byte[] validity;
  private final ByteBuffer values;
  private final int[] offsets;
  private final ColumnData[] children;

  private ColumnData(ColumnField field, int rows, ByteReader in) {
    this.field = field;
    this.rows = rows;
    validity = in.blob();
    if (validity.length != 0 && validity.length != (rows + 7) / 8) {
      throw damaged("has " + validity.length + " bytes of validity for " + rows + " rows");
    }
    byte[] bytes = in.blob();
    values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean leaf = field.type.width > 0;
    if (leaf && bytes.length != (long) field.type.width * rows) {
      throw damaged("has " + bytes.length + " bytes of values for " + rows + " rows");
    }
    if (field.type.hasOffsets() && 4L * (rows + 1L) > in.left()) {
      throw damaged("ends within the offsets of its " + rows + " rows");
    }
    offsets = field.type.hasOffsets() ? new int[rows + 1] : null;
    for (int i = 0; offsets != null && i <= rows; i++) {
      offsets[i] = in.i32();
      if (offsets[i] < (i == 0 ? 0 : offsets[i - 1])) {
        throw damaged("has offsets that go back");
      }
    }
    if (offsets != null && field.children.isEmpty() && offsets[rows] > bytes.length) {
      throw damaged("has an offset past its values");
    }
    children = new ColumnData[field.children.size()];
    for (int i = 0; i < children.length; i++) {
      children[i] = new ColumnData(field.children.get(i), offsets == null ? rows : offsets[rows], in);
    }
  }

  /** All columns of a batch: their number of rows comes first. */
  public static List<ColumnData> readBatch(List<ColumnField> schema, ByteReader in) {
    int rows = in.count(1 << 24);
    List<ColumnData> columns = new ArrayList<>();
    for (ColumnField f : schema) {
      columns.add(new ColumnData(f, rows, in));
    }
    return columns;
  }

  public boolean isNull(int row) {
    return validity.length > 0 && (validity[row >> 3] & (1 << (row & 7))) == 0;
  }

  public boolean bool(int row) {
    return values.get(row) != 0;
  }

  /** An integer, date or time; unsigned ones keep their value up to 2^63-1. */
  public long integer(int row) {
    switch (field.type) {
      case BOOL:
      case UINT8: return values.get(row) & 0xFF;
      case INT8: return values.get(row);
      case INT16: return values.getShort(2 * row);
      case UINT16: return values.getShort(2 * row) & 0xFFFF;
      case UINT32: return values.getInt(4 * row) & 0xFFFFFFFFL;
      case INT32:
      case DATE: return values.getInt(4 * row);
      default: return values.getLong(8 * row);
    }
  }

  public float f32(int row) {
    return values.getFloat(4 * row);
  }

  public double f64(int row) {
    return values.getDouble(8 * row);
  }

  /** The unscaled value of a decimal. */
  public BigInteger unscaled(int row) {
    BigInteger high = BigInteger.valueOf(values.getLong(16 * row + 8)).shiftLeft(64);
    long low = values.getLong(16 * row);
    return high.add(new BigInteger(1, ByteBuffer.allocate(8).putLong(low).array()));
  }

  public byte[] bytes(int row) {
    return Arrays.copyOfRange(values.array(), offsets[row], offsets[row + 1]);
  }

  /** First element of a list or map; it ends at {@link #to}. */
  public int from(int row) {
    return offsets[row];
  }

  public int to(int row) {
    return offsets[row + 1];
  }

  public ColumnData child(int index) {
    return children[index];
  }

  private ProtocolException damaged(String seen) {
    return new ProtocolException("column " + field.name + " " + seen);
  }
}
