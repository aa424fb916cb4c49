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
  /** Before the name of a partition column among the options of a target. */
  private static final String PARTITION = "partition.";

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

  /** Partition columns that have one value for all rows of a target; empty = none. */
  Map<String, String> fixedPartition() {
    Map<String, String> fixed = new LinkedHashMap<>();
    options.forEach((name, value) -> {
      if (name.startsWith(PARTITION)) {
        fixed.put(name.substring(PARTITION.length()), value);
      }
    });
    return fixed;
  }

  /** The rows; nothing runs yet. */
  Dataset<Row> open(SparkSession spark) throws OperationException {
    try {
      if (format.equals("sql") || format.equals("table")) {
        String problem = TableFacts.problem(spark, format.equals("sql") ? sql : "select * from " + TableFacts.quoted(table));
        if (problem != null) {
          throw new OperationException(Operations.FAULT_DATA, 0, problem, null);
        }
        return format.equals("sql") ? spark.sql(sql) : spark.table(table);
      }
      DataFrameReader reader = spark.read().format(format).options(options);
      return (declared.isEmpty() ? reader : reader.schema(declared)).load(paths.toArray(new String[0]));
    } catch (OperationException e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /** Analysis errors are the user's; their first line says what is wrong. */
  OperationException failed(Exception e) {
    return new OperationException(Operations.FAULT_DATA, 0, "[lake] " + this + ": " + Failures.root(String.valueOf(e.getMessage())), e);
  }

  @Override
  public String toString() {
    return format.equals("sql") ? "the SQL" : format.equals("table") ? "table " + table : format + " " + String.join(", ", paths);
  }
}
