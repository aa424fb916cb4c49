namespace YarnDL.Tensors.Tests;

public sealed class PhiloxTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void The_known_answers_of_Random123_come_out(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal(new PhiloxWords(w0, w1, w2, w3), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void The_counter_holds_block_row_epoch_copy_and_purpose()
    {
        uint purpose = Philox.Purpose(RandomKind.Dropout, 0x1234);
        Assert.Equal(0x021234u, purpose);
        Assert.Equal(
            Philox.Block(0x89ABCDEF, 0x55667788, 0x05_000003, 0x02123444, 0xFEDCBA98, 0x76543210),
            Philox.Words(0x76543210_FEDCBA98, purpose, 3, 5, 0x44_55667788, 0x89ABCDEF));
    }

    [Fact]
    public void A_stream_number_beyond_16_bits_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Purpose(RandomKind.Initial, 65536));

    [Fact]
    public void A_permutation_holds_every_number_once_and_depends_on_its_key()
    {
        var a = new int[1000];
        var b = new int[1000];
        Philox.Permute(a, 1, Philox.Purpose(RandomKind.BlockOrder, 0), 0, 7);
        Philox.Permute(b, 1, Philox.Purpose(RandomKind.BlockOrder, 0), 1, 7);
        Assert.Equal(Enumerable.Range(0, 1000), a.Order());
        Assert.NotEqual(a, b);
        Philox.Permute(b, 1, Philox.Purpose(RandomKind.BlockOrder, 0), 0, 7);
        Assert.Equal(a, b);
        Philox.Permute([], 1, 0, 0, 0);
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        double sum = 0;
        double squares = 0;
        const int Pairs = 50_000;
        for (int i = 0; i < Pairs; i++)
        {
            PhiloxWords w = Philox.Words(3, 9, 0, 0, 0, i);
            (double a, double b) = Philox.Normals(w.W0, w.W1);
            sum += a + b;
            squares += (a * a) + (b * b);
        }

        Assert.InRange(sum / (2 * Pairs), -0.016, 0.016);
        Assert.InRange(squares / (2 * Pairs), 0.978, 1.022);
    }
}
