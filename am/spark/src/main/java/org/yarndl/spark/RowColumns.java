package org.yarndl.spark;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.yarndl.bridge.ColumnBuilder;
import org.yarndl.bridge.ColumnData;

/** Spark's rows as columns, and back. */
final class RowColumns {
  private RowColumns() {}

  /** Appends a value of a row to its column. */
  static void append(Object value, ColumnBuilder column) {
    if (value == null) {
      column.appendNull();
      return;
    }
    switch (column.field().type) {
      case BOOL: column.append((boolean) value); break;
      case FLOAT32: column.append((float) value); break;
      case FLOAT64: column.append((double) value); break;
      case DECIMAL: column.append(((BigDecimal) value).setScale(column.field().scale).unscaledValue()); break;
      case TEXT: column.append(((String) value).getBytes(StandardCharsets.UTF_8)); break;
      case BINARY: column.append((byte[]) value); break;
      case DATE: column.append(day(value)); break;
      case TIMESTAMP: column.append(micros(value)); break;
      case STRUCT:
        for (int i = 0; i < column.field().children.size(); i++) {
          append(((Row) value).get(i), column.child(i));
        }
        column.close();
        break;
      case LIST:
        // Row knows how to make a Java list of Scala's, whatever Scala
        List<?> list = RowFactory.create(value).getList(0);
        for (Object element : list) {
          append(element, column.child(0));
        }
        column.close();
        break;
      case MAP:
        Map<?, ?> map = RowFactory.create(value).getJavaMap(0);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          append(entry.getKey(), column.child(0));
          append(entry.getValue(), column.child(1));
        }
        column.close();
        break;
      default: column.append(((Number) value).longValue());
    }
  }

  private static long day(Object value) {
    return value instanceof LocalDate ? ((LocalDate) value).toEpochDay() : ((java.sql.Date) value).toLocalDate().toEpochDay();
  }

  private static long micros(Object value) {
    Instant at = value instanceof Instant ? (Instant) value
        : value instanceof LocalDateTime ? ((LocalDateTime) value).toInstant(ZoneOffset.UTC) : ((java.sql.Timestamp) value).toInstant();
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
  }

  /** A row of columns as Spark takes it. */
  static Row row(List<ColumnData> columns, int row) {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(columns.get(i), row);
    }
    return RowFactory.create(values);
  }

  private static Object value(ColumnData c, int row) {
    if (c.isNull(row)) {
      return null;
    }
    switch (c.field.type) {
      case BOOL: return c.bool(row);
      case INT8: return (byte) c.integer(row);
      case UINT8:
      case INT16: return (short) c.integer(row);
      case UINT16:
      case INT32: return (int) c.integer(row);
      case FLOAT32: return c.f32(row);
      case FLOAT64: return c.f64(row);
      case DECIMAL: return new BigDecimal(c.unscaled(row), c.field.scale);
      case TEXT: return new String(c.bytes(row), StandardCharsets.UTF_8);
      case BINARY: return c.bytes(row);
      case DATE: return LocalDate.ofEpochDay(c.integer(row));
      case TIMESTAMP:
        long micros = c.integer(row);
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
      case LIST:
        Object[] elements = new Object[c.to(row) - c.from(row)];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = value(c.child(0), c.from(row) + i);
        }
        return elements;
      case STRUCT:
        Object[] fields = new Object[c.field.children.size()];
        for (int i = 0; i < fields.length; i++) {
          fields[i] = value(c.child(i), row);
        }
        return RowFactory.create(fields);
      default: return c.integer(row);
    }
  }
}
