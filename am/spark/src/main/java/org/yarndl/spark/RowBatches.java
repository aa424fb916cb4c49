package org.yarndl.spark;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.yarndl.bridge.BatchBuilder;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.ColumnField;

/** The rows of a partition as encoded column batches, made where the rows are. */
final class RowBatches implements Iterator<byte[]> {
  private final Iterator<Row> rows;
  private final BatchBuilder batch;
  private final int columns;

  RowBatches(List<ColumnField> schema, Iterator<Row> rows) {
    this.rows = rows;
    columns = schema.size();
    batch = new BatchBuilder(schema);
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public byte[] next() {
    if (!rows.hasNext()) {
      throw new NoSuchElementException();
    }
    while (rows.hasNext() && !batch.isFull()) {
      Row row = rows.next();
      for (int i = 0; i < columns; i++) {
        RowColumns.append(row.get(i), batch.column(i));
      }
      batch.nextRow();
    }
    ByteWriter out = new ByteWriter(1 << 16);
    batch.write(out);
    return out.toArray();
  }
}
