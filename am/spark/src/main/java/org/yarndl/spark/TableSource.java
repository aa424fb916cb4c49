package org.yarndl.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.OperationException;
import org.yarndl.bridge.Operations;

/** A table, files of a format, or SQL: what a job names as its input or output. */
final class TableSource {
  final String format;
  final List<String> paths;
  final String sql;
  final String table;
  /** Declared columns as Spark's DDL, empty = as found. */
  private final String declared;
  private final Map<String, String> options;

  private TableSource(String format, List<String> paths, String sql, String table, String declared, Map<String, String> options) {
    this.format = format;
    this.paths = paths;
    this.sql = sql;
    this.table = table;
    this.declared = declared;
    this.options = options;
  }

  static TableSource read(ByteReader in) {
    String format = in.text();
    List<String> paths = texts(in);
    String sql = in.text();
    String table = in.text();
    String declared = in.text();
    Map<String, String> options = new LinkedHashMap<>();
    List<String> pairs = texts(in);
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      options.put(pairs.get(i), pairs.get(i + 1));
    }
    return new TableSource(format, paths, sql, table, declared, options);
  }

  static List<String> texts(ByteReader in) {
    int count = in.count(1 << 20);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return texts;
  }

  /** The rows; nothing runs yet. */
  Dataset<Row> open(SparkSession spark) throws OperationException {
    try {
      if (format.equals("sql")) {
        return spark.sql(sql);
      } else if (format.equals("table")) {
        return spark.table(table);
      }
      DataFrameReader reader = spark.read().format(format).options(options);
      return (declared.isEmpty() ? reader : reader.schema(declared)).load(paths.toArray(new String[0]));
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /** Analysis errors are the user's; their first line says what is wrong. */
  OperationException failed(Exception e) {
    String text = String.valueOf(e.getMessage());
    int line = text.indexOf('\n');
    return new OperationException(Operations.FAULT_DATA, 0, "[lake] " + this + ": " + (line < 0 ? text : text.substring(0, line)), e);
  }

  @Override
  public String toString() {
    return format.equals("sql") ? "the SQL" : format.equals("table") ? "table " + table : format + " " + String.join(", ", paths);
  }
}
