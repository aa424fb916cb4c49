namespace YarnDL.Data.Tests;

public sealed class NativeLibrariesTests
{
    [Fact]
    public void A_library_that_is_nowhere_is_told_with_the_folders_and_the_remedy()
    {
        DataException e = Assert.Throws<DataException>(() => NativeLibraries.Find("libnone.so"));
        Assert.StartsWith("[native] libnone.so was not found in ", e.Message);
        Assert.Contains(Path.Combine("native", "lib"), e.Message);
        Assert.EndsWith("run native/install.sh, or set YARNDL_NATIVE to the folder that holds it", e.Message);
    }

    [Fact]
    public void The_bundled_libraries_are_found_and_loaded()
    {
        Assert.NotEqual(0, NativeLibraries.Load(NativeLibraries.DuckDb));
        Assert.NotEqual(0, NativeLibraries.Load(NativeLibraries.Vips));
    }
}
