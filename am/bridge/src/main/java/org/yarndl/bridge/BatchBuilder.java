package org.yarndl.bridge;

import java.util.List;

/** Makes column batches row by row, of about four MiB each. */
public final class BatchBuilder {
  private static final int MOST_ROWS = 65_536;
  private static final long ENOUGH_BYTES = 4 << 20;

  private final ColumnBuilder[] columns;
  private int rows;

  public BatchBuilder(List<ColumnField> schema) {
    columns = new ColumnBuilder[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new ColumnBuilder(schema.get(i));
    }
  }

  public ColumnBuilder column(int index) {
    return columns[index];
  }

  /** Ends a row whose columns have been filled. */
  public void nextRow() {
    rows++;
    for (ColumnBuilder c : columns) {
      if (c.rows() != rows) {
        throw new IllegalStateException("[rows] column " + c.field().name + " has " + c.rows() + " values after " + rows + " rows");
      }
    }
  }

  public boolean isEmpty() {
    return rows == 0;
  }

  public boolean isFull() {
    if (rows >= MOST_ROWS) {
      return true;
    }
    long bytes = 0;
    for (ColumnBuilder c : columns) {
      bytes += c.bytes();
    }
    return bytes >= ENOUGH_BYTES;
  }

  /** Rows, then each column; starts anew. */
  public void write(ByteWriter out) {
    out.i32(rows);
    for (ColumnBuilder c : columns) {
      c.write(out);
    }
    rows = 0;
  }
}
