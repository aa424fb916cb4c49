package org.yarndl.bridge;

import java.io.FileNotFoundException;
import java.io.IOException;

/** Why storage said no; the numbers are those of .NET's FileStoreFault. */
public enum FileFault {
  MISSING,
  EXISTS,
  DENIED,
  FULL,
  BROKEN;

  /** Hadoop tells quota and space by class names and texts only; one list, so that all stores are judged alike. */
  public static FileFault of(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      String name = e.getClass().getSimpleName();
      String text = String.valueOf(e.getMessage());
      if (e instanceof FileNotFoundException || e instanceof java.nio.file.NoSuchFileException) {
        return text.contains("Permission denied") ? DENIED : MISSING;
      } else if (e instanceof org.apache.hadoop.fs.FileAlreadyExistsException || e instanceof java.nio.file.FileAlreadyExistsException
          || e instanceof java.nio.file.DirectoryNotEmptyException) {
        return EXISTS;
      } else if (e instanceof org.apache.hadoop.security.AccessControlException || e instanceof java.nio.file.AccessDeniedException
          || name.equals("SafeModeException") || text.contains("Permission denied") || text.contains("Read-only file system")) {
        return DENIED;
      } else if (name.endsWith("QuotaExceededException") || text.contains("No space left") || text.contains("could only be written to 0")) {
        return FULL;
      }
    }
    return BROKEN;
  }

  /** First line only: Hadoop puts whole server stacks into messages. */
  public static String describe(String action, String path, Throwable error) {
    String text = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    int line = text.indexOf('\n');
    String first = line < 0 ? text : text.substring(0, line);
    return "[files] " + action + " " + path + ": " + first + (error instanceof IOException ? "" : " (" + error.getClass().getSimpleName() + ")");
  }
}
