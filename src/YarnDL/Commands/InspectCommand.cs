using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl inspect</c>.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> path = new("path") { Description = "A model directory, run folder, checkpoint, folder of blocks, .onnx or .safetensors file, or a table (.parquet, .csv, .json)." };
        Command c = new("inspect", "Show what is inside a file or folder that YarnDL reads or writes.") { path };
        c.SetAction(p => Execution.Of(c, p, s => InspectRun.Run(s, p.GetValue(path)!)));
        return c.WithExamples("yarndl inspect out/model", "yarndl inspect out/model/weights.safetensors", "yarndl inspect digits.parquet");
    }
}
