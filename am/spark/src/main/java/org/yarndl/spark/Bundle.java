package org.yarndl.spark;

import java.io.File;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkFiles;

/** The unpacked .NET files, and which of them to start. */
final class Bundle {
  /** As in `--archives yarndl.tgz#yarndl`. */
  private static final String FOLDER = "yarndl";

  private final File executable;

  private Bundle(File executable) {
    this.executable = executable;
  }

  /**
   * Looks in Spark's files, the working folder, beside the jar, and in YARNDL_HOME, in this order.
   *
   * @param name the executable's file name in the bundle or its full path; null = yarndl
   */
  static Bundle find(String name) {
    if (name != null && new File(name).isAbsolute()) {
      return new Bundle(check(new File(name)));
    }
    List<String> names = name == null ? Arrays.asList("yarndl", "YarnDL.Cli") : Arrays.asList(name);
    List<File> folders = folders();
    for (File folder : folders) {
      for (String n : names) {
        File file = new File(folder, n);
        if (file.isFile()) {
          return new Bundle(check(file));
        }
      }
    }
    throw new RefusedException(6, "resources", "[bundle] no file " + String.join(" or ", names) + " in " + folders
        + "; pass --archives yarndl.tgz#yarndl, or set YARNDL_HOME");
  }

  File executable() {
    return executable;
  }

  private static List<File> folders() {
    List<File> folders = new ArrayList<>();
    try {
      folders.add(new File(SparkFiles.getRootDirectory(), FOLDER));
    } catch (RuntimeException e) {
      // no Spark environment here
    }
    folders.add(new File(FOLDER).getAbsoluteFile());
    try {
      File jar = new File(Bundle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      folders.add(new File(jar.getParentFile(), FOLDER));
      folders.add(jar.getParentFile());
    } catch (URISyntaxException | IllegalArgumentException e) {
      // the classes do not come from a file
    }
    String home = System.getenv("YARNDL_HOME");
    if (home != null && !home.isEmpty()) {
      folders.add(new File(home));
    }
    return folders;
  }

  /** Archives made elsewhere may have lost the mode. */
  private static File check(File file) {
    if (!file.isFile() || (!file.canExecute() && !file.setExecutable(true))) {
      throw new RefusedException(6, "resources", "[bundle] " + file + " cannot be started; check that it is there and executable");
    }
    return file;
  }
}
