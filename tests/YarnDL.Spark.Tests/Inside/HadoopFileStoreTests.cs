using YarnDL.Data.Files;
using YarnDL.Data.Tests.Files;

namespace YarnDL.Spark.Tests.Inside;

public sealed class HadoopFileStoreTests : FileStoreContract, IDisposable
{
    private readonly string _folder = $"{SparkSession.Require().Application().DefaultFileSystem.TrimEnd('/')}/tmp/yarndl-{Guid.NewGuid():n}";

    public HadoopFileStoreTests() => Store.MakeFolders(_folder);

    protected override IFileStore Store => SparkSession.Require().Files;

    protected override string At(string name) => $"{_folder}/{name}".Replace("file:///", "file:/", StringComparison.Ordinal);

    [Fact]
    public void A_file_of_many_buffers_is_read_from_any_position()
    {
        byte[] bytes = new byte[5_000_003];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i * 31 / 7);
        }

        Put("large", bytes);
        Assert.Equal(bytes, Get("large"));
        using Stream stream = Store.OpenRead(At("large"));
        stream.Position = 3_999_999;
        Assert.Equal(bytes[3_999_999], stream.ReadByte());
        stream.Seek(-1, SeekOrigin.End);
        Assert.Equal(bytes[^1], stream.ReadByte());
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public async Task Many_streams_are_open_at_once()
    {
        Put("shared", [1, 2, 3]);
        byte[][] read = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Get("shared"))));
        Assert.All(read, r => Assert.Equal([1, 2, 3], r));
    }

    public void Dispose() => Store.Delete(_folder);
}
