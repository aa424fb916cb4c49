namespace YarnDL.Data.Images;

/// <summary>
/// Decodes PNG, JPEG, GIF (first frame) and WebP from memory to grey or sRGB, as stored: no rotation by EXIF, no colour profile, no shrinking on load.
/// 8-bit images give bytes, 16-bit ones float32 = sample / 257. The content decides the format. CMYK becomes R = (255 - C)(255 - K) / 255. Thread-safe.
/// </summary>
public static unsafe class ImageDecoder
{
    /// <summary>Images with more pixels are refused before they are decoded.</summary>
    public const long DefaultMostPixels = 100_000_000;

    // The library keeps one text of errors for all threads: it is read only by a thread that decodes alone, so that a message is about its own image.
    private static readonly ReaderWriterLockSlim Turn = new();

    /// <summary>Reads the head only.</summary>
    /// <returns>Null, or what is wrong with the image.</returns>
    /// <exception cref="DataException">The library is missing.</exception>
    public static string? ReadHead(ReadOnlySpan<byte> encoded, long mostPixels, out ImageHead head) => Run(encoded, mostPixels, null, out head);

    /// <summary>Decodes an image.</summary>
    /// <returns>Null, or what is wrong with the image.</returns>
    /// <exception cref="DataException">The library is missing.</exception>
    public static string? Decode(ReadOnlySpan<byte> encoded, long mostPixels, PixelBuffer into) => Run(encoded, mostPixels, into, out _);

    private static string? Run(ReadOnlySpan<byte> encoded, long mostPixels, PixelBuffer? into, out ImageHead head)
    {
        VipsNative.Start();
        string? fault;
        Turn.EnterReadLock();
        try
        {
            fault = Once(encoded, mostPixels, into, out head);
        }
        finally
        {
            Turn.ExitReadLock();
        }

        if (fault is null)
        {
            return null;
        }

        Turn.EnterWriteLock();
        try
        {
            VipsNative.Error();
            fault = Once(encoded, mostPixels, into, out head) ?? fault;
            string detail = VipsNative.Error();
            return detail.Length == 0 ? fault : $"{fault}: {detail}";
        }
        finally
        {
            Turn.ExitWriteLock();
        }
    }

    private static string? Once(ReadOnlySpan<byte> encoded, long mostPixels, PixelBuffer? into, out ImageHead head)
    {
        fixed (byte* data = encoded)
        {
            string? fault = Open(data, encoded.Length, mostPixels, out nint image, out head);
            if (fault is not null || into is null)
            {
                Close(image);
                return fault;
            }

            bool cmyk = VipsNative.vips_image_get_interpretation(image) == VipsNative.InterpretationCmyk;
            void* pixels = VipsNative.vips_image_write_to_memory(image, out nuint size);
            Close(image);
            if (pixels == null)
            {
                return "cannot be decoded";
            }

            int samples = head.Width * head.Height * (cmyk ? 4 : head.Channels);
            bool whole = size == (nuint)samples * (nuint)(head.Bits / 8);
            if (whole)
            {
                Copy(pixels, head, cmyk, into);
            }

            VipsNative.g_free(pixels);
            return whole ? null : $"decoded to {size} bytes instead of {(long)samples * (head.Bits / 8)}";
        }
    }

    private static string? Open(byte* data, int length, long mostPixels, out nint image, out ImageHead head)
    {
        image = 0;
        head = default;
        if (length == 0)
        {
            return "empty";
        }

        if (!IsAllowed(new ReadOnlySpan<byte>(data, length)))
        {
            return "not a PNG, JPEG, GIF or WebP image";
        }

        image = VipsNative.vips_image_new_from_buffer(data, (nuint)length, "[access=sequential,fail_on=error]", 0);
        if (image == 0)
        {
            return "cannot be opened";
        }

        int width = VipsNative.vips_image_get_width(image), height = VipsNative.vips_image_get_height(image), bands = VipsNative.vips_image_get_bands(image);
        if ((long)width * height > Math.Min(mostPixels, int.MaxValue / 8))
        {
            return $"has {width} x {height} pixels, more than the {mostPixels} that are allowed";
        }

        int format = VipsNative.vips_image_get_format(image);
        int space = VipsNative.vips_image_get_interpretation(image);
        if (format is not (VipsNative.FormatUChar or VipsNative.FormatUShort) || !KnownSpace(space, bands) || (space == VipsNative.InterpretationCmyk && format != VipsNative.FormatUChar))
        {
            return $"has {bands} channels in a colour space (libvips {space}, format {format}) that is neither grey, RGB nor 8-bit CMYK";
        }

        head = new ImageHead(width, height, space == VipsNative.InterpretationCmyk ? 3 : bands, format == VipsNative.FormatUChar ? 8 : 16);
        return null;
    }

    /// <summary>The first bytes decide, so that no other loader of the library ever sees the data.</summary>
    private static bool IsAllowed(ReadOnlySpan<byte> data) =>
        data.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        || data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || data.StartsWith("GIF8"u8)
        || (data.Length >= 12 && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8));

    private static bool KnownSpace(int space, int bands) => space switch
    {
        VipsNative.InterpretationGrey or VipsNative.InterpretationGrey16 => bands is 1 or 2,
        VipsNative.InterpretationRgb or VipsNative.InterpretationSrgb or VipsNative.InterpretationRgb16 => bands is 3 or 4,
        VipsNative.InterpretationCmyk => bands == 4,
        _ => false,
    };

    private static void Copy(void* pixels, ImageHead head, bool cmyk, PixelBuffer into)
    {
        into.Reset(head.Width, head.Height, head.Channels, head.Bits == 16);
        if (head.Bits == 16)
        {
            var source = new ReadOnlySpan<ushort>(pixels, into.Samples);
            var target = into.Floats;
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[i] / 257f;
            }
        }
        else if (cmyk)
        {
            var source = new ReadOnlySpan<byte>(pixels, head.Width * head.Height * 4);
            var target = into.Bytes;
            for (int i = 0; i < head.Width * head.Height; i++)
            {
                for (int c = 0; c < 3; c++)
                {
                    target[(3 * i) + c] = (byte)((((255 - source[(4 * i) + c]) * (255 - source[(4 * i) + 3])) + 127) / 255);
                }
            }
        }
        else
        {
            new ReadOnlySpan<byte>(pixels, into.Samples).CopyTo(into.Bytes);
        }
    }

    private static void Close(nint image)
    {
        if (image != 0)
        {
            VipsNative.g_object_unref(image);
        }
    }
}
