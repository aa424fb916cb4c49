package org.yarndl.spark;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import org.apache.spark.SparkConf;

/** The settings that are ours; docs/cluster.md explains them. A key that is not among them is a slip of the pen and would change nothing. */
final class OwnKeys {
  private static final String PREFIX = "spark.yarndl.";
  static final List<String> ALL = Arrays.asList(
      "spark.yarndl.driver.memory", "spark.yarndl.executable", "spark.yarndl.executor.memory", "spark.yarndl.vmemRatio",
      "spark.yarndl.worker.replyTimeout", "spark.yarndl.worker.startTimeout");

  private OwnKeys() {}

  /** Null when all are known; else what is wrong and the nearest name. */
  static String problem(SparkConf conf) {
    for (scala.Tuple2<String, String> e : conf.getAll()) {
      if (e._1().startsWith(PREFIX) && !ALL.contains(e._1())) {
        return "[conf] " + e._1() + " is no setting of yarndl; did you mean " + nearest(e._1()) + "?";
      }
    }
    return null;
  }

  /** Ours as they are in force, for the log. None of them is a secret. */
  static Map<String, String> inForce(SparkConf conf) {
    Map<String, String> found = new TreeMap<>();
    for (scala.Tuple2<String, String> e : conf.getAll()) {
      if (e._1().startsWith(PREFIX)) {
        found.put(e._1(), e._2());
      }
    }
    return found;
  }

  static String nearest(String seen) {
    String best = ALL.get(0);
    for (String key : ALL) {
      best = edits(seen, key) < edits(seen, best) ? key : best;
    }
    return best;
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
