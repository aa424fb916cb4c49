using System.Reflection;
using System.Runtime.InteropServices;

namespace YarnDL.Data;

/// <summary>Finds the native libraries: in YARNDL_NATIVE, the application's folder, then native/lib of the repository above it.</summary>
public static class NativeLibraries
{
    /// <summary>P/Invoke name of DuckDB.</summary>
    public const string DuckDb = "libduckdb.so";

    /// <summary>P/Invoke name of libvips (its C API lies in the C++ library).</summary>
    public const string Vips = "libvips-cpp.so";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Loaded = [];
    private static bool s_used;

    /// <summary>Makes P/Invoke calls of this assembly find the libraries; called by the static constructor of each class that declares such calls.</summary>
    public static void Use()
    {
        lock (Gate)
        {
            if (!s_used)
            {
                NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), static (name, _, _) => name is DuckDb or Vips ? Load(name) : 0);
                s_used = true;
            }
        }
    }

    /// <summary>Full path of a library's file.</summary>
    /// <exception cref="DataException">It is in none of the folders.</exception>
    public static string Find(string file)
    {
        List<string> folders = Folders();
        foreach (string folder in folders)
        {
            string path = Path.Combine(folder, file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new DataException(DataFault.Input, $"[native] {file} was not found in {string.Join(", ", folders)}; run native/install.sh, or set YARNDL_NATIVE to the folder that holds it");
    }

    /// <summary>The loaded library's handle; loaded once.</summary>
    /// <exception cref="DataException">Not found, or refused by the system's loader.</exception>
    public static nint Load(string file)
    {
        lock (Gate)
        {
            if (!Loaded.TryGetValue(file, out nint handle))
            {
                string path = Find(file);
                try
                {
                    handle = NativeLibrary.Load(path);
                }
                catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
                {
                    throw new DataException(DataFault.Input, $"[native] {path} could not be loaded: {e.Message.ReplaceLineEndings(" ")}; it needs Linux x64 with glibc 2.28 or later and libstdc++; run native/install.sh", e);
                }

                Loaded.Add(file, handle);
            }

            return handle;
        }
    }

    private static List<string> Folders()
    {
        List<string> folders = [];
        if (Environment.GetEnvironmentVariable("YARNDL_NATIVE") is { Length: > 0 } given)
        {
            folders.Add(given);
        }

        string application = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        folders.Add(application);
        for (string? folder = application; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "native", "packages.lock.json")))
            {
                folders.Add(Path.Combine(folder, "native", "lib"));
                break;
            }
        }

        return folders;
    }
}
