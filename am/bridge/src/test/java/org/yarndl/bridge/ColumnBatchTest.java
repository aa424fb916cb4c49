package org.yarndl.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnBatchTest {
  private static final List<ColumnField> SCHEMA = Arrays.asList(
      new ColumnField("flag", ColumnType.BOOL),
      new ColumnField("small", ColumnType.INT8),
      new ColumnField("big", ColumnType.INT64),
      new ColumnField("real", ColumnType.FLOAT32),
      new ColumnField("money", ColumnType.DECIMAL, 38, 2, Collections.emptyList()),
      new ColumnField("text", ColumnType.TEXT),
      new ColumnField("list", ColumnType.LIST, 0, 0, Collections.singletonList(new ColumnField("element", ColumnType.FLOAT64))),
      new ColumnField("pair", ColumnType.STRUCT, 0, 0, Arrays.asList(new ColumnField("a", ColumnType.INT32), new ColumnField("b", ColumnType.BINARY))));

  private static final BigInteger MONEY = new BigInteger("-170141183460469231731687303715884105728");

  private static byte[] twoRows() {
    BatchBuilder b = new BatchBuilder(SCHEMA);
    b.column(0).append(true);
    b.column(1).append(-128L);
    b.column(2).append(Long.MIN_VALUE);
    b.column(3).append(1.5f);
    b.column(4).append(MONEY);
    b.column(5).append("héllo".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    b.column(6).child(0).append(1.0);
    b.column(6).child(0).append(2.0);
    b.column(6).close();
    b.column(7).child(0).append(7L);
    b.column(7).child(1).append(new byte[] {1, 2});
    b.column(7).close();
    b.nextRow();
    for (int i = 0; i < SCHEMA.size(); i++) {
      b.column(i).appendNull();
    }
    b.nextRow();
    ByteWriter out = new ByteWriter();
    ColumnField.write(SCHEMA, out);
    b.write(out);
    assertTrue(b.isEmpty());
    return out.toArray();
  }

  @Test
  void every_type_and_null_comes_back() {
    ByteReader in = new ByteReader(twoRows());
    List<ColumnField> schema = ColumnField.read(in);
    List<ColumnData> c = ColumnData.readBatch(schema, in);
    in.end();
    assertEquals(2, c.get(0).rows);
    assertTrue(c.get(0).bool(0));
    assertEquals(-128, c.get(1).integer(0));
    assertEquals(Long.MIN_VALUE, c.get(2).integer(0));
    assertEquals(1.5f, c.get(3).f32(0));
    assertEquals(MONEY, c.get(4).unscaled(0));
    assertEquals(38, c.get(4).field.precision);
    assertEquals("héllo", new String(c.get(5).bytes(0), java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(2, c.get(6).to(0) - c.get(6).from(0));
    assertEquals(2.0, c.get(6).child(0).f64(1));
    assertEquals(7, c.get(7).child(0).integer(0));
    assertArrayEquals(new byte[] {1, 2}, c.get(7).child(1).bytes(0));
    for (ColumnData column : c) {
      assertFalse(column.isNull(0));
      assertTrue(column.isNull(1), column.field.name);
    }
  }

  /** Whatever byte is damaged, the reader either refuses or stays inside its columns. */
  @Test
  void a_damaged_batch_is_refused_or_read_within_its_bounds() {
    byte[] good = twoRows();
    int refused = 0;
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) 0xFF;
      try {
        ByteReader in = new ByteReader(bad);
        for (ColumnData c : ColumnData.readBatch(ColumnField.read(in), in)) {
          for (int row = 0; c.field.type == ColumnType.TEXT && row < c.rows; row++) {
            c.bytes(row);
          }
        }
        in.end();
      } catch (ProtocolException e) {
        refused++;
      }
    }
    assertTrue(refused > 50, "only " + refused);
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(ProtocolException.class, () -> {
        ByteReader in = new ByteReader(cut);
        ColumnData.readBatch(ColumnField.read(in), in);
      });
    }
  }

  @Test
  void a_row_with_a_column_left_out_is_an_error() {
    BatchBuilder b = new BatchBuilder(SCHEMA);
    b.column(0).append(true);
    assertThrows(IllegalStateException.class, b::nextRow);
  }
}
