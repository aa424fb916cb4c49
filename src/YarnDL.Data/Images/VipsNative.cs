using System.Runtime.InteropServices;

namespace YarnDL.Data.Images;

/// <summary>The calls of libvips that decoding needs.</summary>
internal static unsafe partial class VipsNative
{
    public const int FormatUChar = 0;
    public const int FormatUShort = 2;
    public const int InterpretationGrey = 1;
    public const int InterpretationCmyk = 15;
    public const int InterpretationRgb = 17;
    public const int InterpretationSrgb = 22;
    public const int InterpretationRgb16 = 25;
    public const int InterpretationGrey16 = 26;

    private const int WarningLevel = 1 << 4;

    private static readonly Lock Gate = new();
    private static bool s_started;

    static VipsNative() => NativeLibraries.Use();

    /// <summary>Starts the library once: one thread per image, no cache, loaders for untrusted input only.</summary>
    /// <exception cref="DataException">The library is missing or does not start.</exception>
    public static void Start()
    {
        if (Volatile.Read(ref s_started))
        {
            return;
        }

        lock (Gate)
        {
            if (s_started)
            {
                return;
            }

            NativeLibraries.Load(NativeLibraries.Vips);
            if (vips_init("yarndl") != 0)
            {
                throw new DataException(DataFault.Input, $"[image] libvips does not start: {Error()}");
            }

            g_log_set_handler("VIPS", WarningLevel, &Silence, 0);
            vips_concurrency_set(1);
            vips_cache_set_max(0);
            vips_block_untrusted_set(1);
            Volatile.Write(ref s_started, true);
        }
    }

    /// <summary>The library's messages since the last call, on one line.</summary>
    public static string Error()
    {
        string text = Marshal.PtrToStringUTF8(vips_error_buffer()) ?? "";
        vips_error_clear();
        return text.ReplaceLineEndings(" ").Trim();
    }

    /// <summary>What is wrong with an image goes to its bad-row record; the library would also print it.</summary>
    [UnmanagedCallersOnly]
    private static void Silence(nint domain, int level, nint message, nint data)
    {
    }

    [LibraryImport(NativeLibraries.Vips, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint g_log_set_handler(string domain, int levels, delegate* unmanaged<nint, int, nint, nint, void> handler, nint data);

    [LibraryImport(NativeLibraries.Vips, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int vips_init(string name);

    [LibraryImport(NativeLibraries.Vips)]
    private static partial void vips_concurrency_set(int threads);

    [LibraryImport(NativeLibraries.Vips)]
    private static partial void vips_cache_set_max(int operations);

    [LibraryImport(NativeLibraries.Vips)]
    private static partial void vips_block_untrusted_set(int state);

    [LibraryImport(NativeLibraries.Vips)]
    private static partial nint vips_error_buffer();

    [LibraryImport(NativeLibraries.Vips)]
    private static partial void vips_error_clear();

    /// <summary>The C function ends with a list of optional arguments; the null ends it.</summary>
    [LibraryImport(NativeLibraries.Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint vips_image_new_from_buffer(void* data, nuint size, string options, nint end);

    [LibraryImport(NativeLibraries.Vips)]
    public static partial int vips_image_get_width(nint image);

    [LibraryImport(NativeLibraries.Vips)]
    public static partial int vips_image_get_height(nint image);

    [LibraryImport(NativeLibraries.Vips)]
    public static partial int vips_image_get_bands(nint image);

    [LibraryImport(NativeLibraries.Vips)]
    public static partial int vips_image_get_format(nint image);

    [LibraryImport(NativeLibraries.Vips)]
    public static partial int vips_image_get_interpretation(nint image);

    [LibraryImport(NativeLibraries.Vips)]
    public static partial void* vips_image_write_to_memory(nint image, out nuint size);

    [LibraryImport(NativeLibraries.Vips)]
    public static partial void g_object_unref(nint image);

    [LibraryImport(NativeLibraries.Vips)]
    public static partial void g_free(void* memory);
}
