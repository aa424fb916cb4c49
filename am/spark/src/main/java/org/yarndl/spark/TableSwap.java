package org.yarndl.spark;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Replaces rows of a table so that a reader sees the old ones or the new ones of a partition: they are written through a table of the same layout into new folders, then the
 * metastore points each partition at its folder, then the old folders go. Of a table without partitions the table itself is pointed elsewhere. What a killed application left
 * is taken away by the next one that writes into the table.
 */
final class TableSwap implements Closeable {
  private static final Pattern MARK = Pattern.compile("-yarndl-[0-9a-f]{16}$");
  private static final String ALIVE = ".alive";
  /** Lines of what was decided: partition, new folder, old folder. */
  private static final String PLAN = ".plan";

  private final SparkSession spark;
  private final String table;
  private final TableLayout layout;
  private final FileSystem store;
  private final String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  /** Of new folders without the id. */
  private final String prefix;
  private final Path folder;
  private final Heartbeat heartbeat;
  private List<String[]> plan = Collections.emptyList();

  TableSwap(SparkSession spark, String table, TableLayout layout) throws IOException {
    this.spark = spark;
    this.table = table;
    this.layout = layout;
    Path root = new Path(layout.location);
    store = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    String base = layout.location.endsWith("/") ? layout.location.substring(0, layout.location.length() - 1) : layout.location;
    prefix = layout.partitionColumns.isEmpty() ? MARK.matcher(base).replaceFirst("") + "-yarndl-" : base + "/_yarndl/";
    sweep();
    folder = new Path(prefix + id);
    store.mkdirs(folder);
    heartbeat = new Heartbeat(store, new Path(prefix + id + ALIVE), spark.sparkContext().applicationId());
  }

  /** All of it. */
  static void overwrite(SparkSession spark, String table, TableLayout layout, Dataset<Row> data, String fixed) throws Exception {
    try (TableSwap swap = new TableSwap(spark, table, layout)) {
      swap.write(data);
      swap.decide(fixed);
      for (int i = 0; i < swap.plan.size(); i++) {
        swap.point(i);
      }
      swap.finish();
    }
  }

  /** Rows into the new folders; nobody sees them. */
  void write(Dataset<Row> data) throws IOException {
    // dropping it must leave the files; compression and the like are those of the table
    StringBuilder properties = new StringBuilder("'external.table.purge'='false'");
    for (Row row : spark.sql("SHOW TBLPROPERTIES " + TableFacts.quoted(table)).collectAsList()) {
      if (row.getString(0).matches("(orc|parquet|avro)\\..*")) {
        properties.append(", ").append(PartitionName.literal(row.getString(0))).append('=').append(PartitionName.literal(row.getString(1)));
      }
    }
    spark.sql("CREATE TABLE " + TableFacts.quoted(side(id)) + " LIKE " + TableFacts.quoted(table) + " TBLPROPERTIES (" + properties + ") LOCATION " + PartitionName.literal(folder.toString()));
    data.write().mode(SaveMode.Append).insertInto(side(id));
    store.delete(new Path(folder, "_SUCCESS"), false);
  }

  /** Which partitions are replaced, kept in a file so that it can be put in order later. Fixed: one that is replaced even when it got no row; empty = none. */
  void decide(String fixed) throws IOException {
    plan = new ArrayList<>();
    if (layout.partitionColumns.isEmpty()) {
      plan.add(new String[] {"", folder.toString(), layout.location});
    } else {
      for (Row row : spark.sql("SHOW PARTITIONS " + TableFacts.quoted(side(id))).collectAsList()) {
        String name = row.getString(0);
        plan.add(new String[] {name, TableLayout.partition(spark, side(id), PartitionName.sql(name)), old(name)});
      }
      if (!fixed.isEmpty() && plan.isEmpty()) {
        store.mkdirs(new Path(folder, fixed));
        plan.add(new String[] {fixed, new Path(folder, fixed).toString(), old(fixed)});
      }
    }
    StringBuilder text = new StringBuilder();
    plan.forEach(p -> text.append(String.join("\t", p)).append('\n'));
    try (FSDataOutputStream out = store.create(new Path(prefix + id + PLAN), true)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private String old(String name) {
    String location = TableLayout.partition(spark, table, PartitionName.sql(name));
    return location == null ? "" : location;
  }

  int size() {
    return plan.size();
  }

  /** From now on readers see the new rows of one partition. */
  void point(int index) throws IOException {
    String[] p = plan.get(index);
    if (!store.exists(new Path(prefix + id + ALIVE)) || !store.exists(new Path(p[1]))) {
      throw new IOException("another run has taken away what was written for " + table + ", because this one was silent for long; run it again");
    }
    String place = PartitionName.literal(p[1]);
    String partition = p[0].isEmpty() ? "" : " PARTITION (" + PartitionName.sql(p[0]) + ")";
    spark.sql("ALTER TABLE " + TableFacts.quoted(table) + (p[2].isEmpty() ? " ADD" + partition + " LOCATION " + place : partition + " SET LOCATION " + place));
  }

  /** The old folders go. */
  void finish() throws IOException {
    tidy(id, plan);
  }

  /** Leaves everything, as a process that is killed. */
  void abandon() {
    heartbeat.stop();
  }

  /** After a failure: what no partition points at goes. */
  @Override
  public void close() throws IOException {
    if (store.exists(new Path(prefix + id + ALIVE))) {
      tidy(id, plan);
    }
  }

  /** Takes away what applications left that were killed. */
  private void sweep() throws IOException {
    Path parent = new Path(prefix + "x").getParent();
    String start = new Path(prefix + "x").getName();
    start = start.substring(0, start.length() - 1);
    for (FileStatus s : children(parent)) {
      String name = s.getPath().getName();
      if (name.startsWith(start) && name.endsWith(ALIVE) && Heartbeat.isDead(store, s.getPath(), spark.sparkContext().applicationId())) {
        String other = name.substring(start.length(), name.length() - ALIVE.length());
        tidy(other, read(new Path(prefix + other + PLAN)));
      }
    }
  }

  /** Keeps the folders that the metastore points at; the others of a plan go, and with them the side table. */
  private void tidy(String which, List<String[]> decided) throws IOException {
    spark.sql("DROP TABLE IF EXISTS " + TableFacts.quoted(side(which)));
    List<Path> kept = new ArrayList<>();
    for (String[] p : decided) {
      String now = p[0].isEmpty() ? layoutNow() : TableLayout.partition(spark, table, PartitionName.sql(p[0]));
      if (now != null && same(now, p[1])) {
        kept.add(qualified(p[1]));
        if (!p[2].isEmpty() && !same(p[2], now)) {
          drop(new Path(p[2]), kept);
        }
      }
    }
    prune(new Path(prefix + which), kept);
    store.delete(new Path(prefix + which + PLAN), false);
    store.delete(new Path(prefix + which + ALIVE), false);
    if (which.equals(id) && heartbeat != null) {
      heartbeat.close();
    }
  }

  private String layoutNow() {
    try {
      return TableLayout.of(spark, table).location;
    } catch (Exception e) {
      return null;
    }
  }

  /** Deletes an old folder and those above it that are empty then, up to the table's; never one that holds what is kept. */
  private void drop(Path old, List<Path> kept) throws IOException {
    if (holds(qualified(old.toString()), kept)) {
      return;
    }
    store.delete(old, true);
    String root = qualified(layout.location).toString() + "/";
    for (Path p = qualified(old.toString()).getParent(); p != null && p.toString().startsWith(root) && children(p).length == 0; p = p.getParent()) {
      store.delete(p, false);
    }
  }

  /** Deletes everything at and below a folder but what is kept. */
  private void prune(Path path, List<Path> kept) throws IOException {
    if (kept.contains(qualified(path.toString()))) {
      return;
    }
    if (!holds(qualified(path.toString()), kept)) {
      store.delete(path, true);
      return;
    }
    for (FileStatus s : children(path)) {
      prune(s.getPath(), kept);
    }
  }

  private static boolean holds(Path folder, List<Path> kept) {
    return kept.stream().anyMatch(k -> k.equals(folder) || k.toString().startsWith(folder + "/"));
  }

  private boolean same(String a, String b) {
    return qualified(a).equals(qualified(b));
  }

  private Path qualified(String path) {
    return store.makeQualified(new Path(path));
  }

  private FileStatus[] children(Path path) throws IOException {
    try {
      return store.listStatus(path);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private List<String[]> read(Path file) throws IOException {
    List<String[]> lines = new ArrayList<>();
    if (store.exists(file)) {
      byte[] bytes = new byte[(int) store.getFileStatus(file).getLen()];
      try (FSDataInputStream in = store.open(file)) {
        in.readFully(bytes);
      }
      Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\n")).filter(l -> !l.isEmpty()).forEach(l -> lines.add(l.split("\t", -1)));
    }
    return lines;
  }

  /** The table that the rows are written through, in the same database. */
  private String side(String which) {
    int dot = table.lastIndexOf('.');
    return table.substring(0, dot + 1) + "yarndl_rows_" + which;
  }
}
