namespace YarnDL.Data.Blocks;

/// <summary>Constants of the block file format (docs/block-file.md).</summary>
internal static class BlockFormat
{
    /// <summary>Raised when the layout changes; readers keep reading older ones.</summary>
    public const uint Version = 1;

    public const ulong HeadMagic = 0x314B_4C42_4C44_5859; // "YXDLBLK1"
    public const uint BlockMagic = 0x4B4C_4259; // "YBLK"
    public const ulong TailMagic = 0x3144_4E45_4C44_5859; // "YXDLEND1"
    public const string ManifestName = "blocks.json";

    /// <summary>No file is larger.</summary>
    public const long LargestFile = 1L << 30;

    /// <summary>A block header: magic, number, rows, first row.</summary>
    public const int BlockHead = 20;

    /// <summary>An entry of the index: number, rows, offset, bytes, checksum.</summary>
    public const int IndexEntry = 28;

    /// <summary>The end of a file: offset of the index, its bytes, its checksum, magic.</summary>
    public const int Tail = 24;

    public const int LargestHeader = 1 << 24;

    public static string FileName(int shard, int number) => FormattableString.Invariant($"shard-{shard:00000}-{number:00000}.blocks");
}
