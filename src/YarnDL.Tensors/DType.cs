namespace YarnDL.Tensors;

/// <summary>Element type of a tensor or an encoded column. The numbers are part of the block file format: never reuse one.</summary>
public enum DType : byte
{
    Float32 = 1,
    Float64 = 2,
    Int8 = 3,
    UInt8 = 4,
    Int16 = 5,
    UInt16 = 6,
    Int32 = 7,
    Int64 = 8,
    Bool = 9,
    BFloat16 = 10,
    Float16 = 11,
}
