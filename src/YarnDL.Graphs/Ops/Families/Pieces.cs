using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>A value and its pieces along an axis: what Concat and Split copy.</summary>
internal static unsafe class Pieces
{
    /// <summary>Copies the pieces into the whole, or the whole into the pieces.</summary>
    public static void Copy(TensorView whole, ReadOnlySpan<TensorView> pieces, long axis, bool join)
    {
        int a = (int)(axis < 0 ? axis + whole.Shape.Rank : axis);
        long outer = whole.Shape.CountTo(a);
        long size = whole.DType.Size();
        long step = whole.Shape.CountFrom(a) * size;
        byte* at = whole.U8;
        foreach (TensorView piece in pieces)
        {
            long bytes = piece.Shape.CountFrom(a) * size;
            for (long o = 0; o < outer; o++)
            {
                byte* part = piece.U8 + (o * bytes);
                byte* place = at + (o * step);
                Buffer.MemoryCopy(join ? part : place, join ? place : part, bytes, bytes);
            }

            at += bytes;
        }
    }
}
