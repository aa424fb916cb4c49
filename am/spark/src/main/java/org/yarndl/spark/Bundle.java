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
    return find(name, folders(sparkFiles(), new File(""), jarFolder(), System.getenv("YARNDL_HOME")));
  }

  static Bundle find(String name, List<File> folders) {
    List<String> names = name == null ? Arrays.asList("yarndl", "YarnDL.Cli") : Arrays.asList(name);
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

  /** Where the bundle may lie, first come first; null = not known here. */
  static List<File> folders(File sparkFiles, File working, File jarFolder, String home) {
    List<File> folders = new ArrayList<>();
    if (sparkFiles != null) {
      folders.add(new File(sparkFiles, FOLDER));
    }
    folders.add(new File(working.getAbsoluteFile(), FOLDER));
    if (jarFolder != null) {
      folders.add(new File(jarFolder, FOLDER));
      folders.add(jarFolder);
    }
    if (home != null && !home.isEmpty()) {
      folders.add(new File(home));
    }
    return folders;
  }

  private static File sparkFiles() {
    try {
      return new File(SparkFiles.getRootDirectory());
    } catch (RuntimeException e) {
      // no Spark environment here
      return null;
    }
  }

  private static File jarFolder() {
    try {
      return new File(Bundle.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParentFile();
    } catch (URISyntaxException | IllegalArgumentException e) {
      // the classes do not come from a file
      return null;
    }
  }

  /** Archives made elsewhere may have lost the mode. */
  private static File check(File file) {
    if (!file.isFile() || (!file.canExecute() && !file.setExecutable(true))) {
      throw new RefusedException(6, "resources", "[bundle] " + file + " cannot be started; check that it is there and executable");
    }
    return file;
  }
}
