using Brigade.Analysis.Importing.Tools;

namespace Brigade.Analysis.Importing;

/// <summary>Every tool whose results can be imported: adding one is adding a file and a line here.</summary>
public static class Importers
{
    public static IReadOnlyList<IImporter> All { get; } = [new PytestBenchmarkImporter(), new BenchmarkDotNetImporter(), new HyperfineImporter(), new K6Importer(), new LocustImporter()];

    public static string Names { get; } = string.Join(", ", All.Select(importer => importer.Name));

    public static IImporter? Find(string name) => All.FirstOrDefault(importer => string.Equals(importer.Name, name, StringComparison.Ordinal));

    /// <summary>Reads a file, whose tool is recognised where it is not given.</summary>
    /// <param name="fileName">As the file is called; its tool may name the experiment by it.</param>
    public static ImportReading Read(string fileName, ReadOnlyMemory<byte> content, IImporter? tool = null)
    {
        ImportFile? file = null;
        try
        {
            file = new ImportFile(fileName, content);
            var recognised = All.FirstOrDefault(importer => importer.Recognises(file));
            tool ??= recognised ?? throw Unknown(file);
            if (recognised is not null && recognised != tool)
                throw new ImportException($"This looks like a file of {recognised.Title}, not of {tool.Title}. Choose {recognised.Title}, or leave the choice to Brigade.");
            return new ImportReading(ImportBuilder.Build(tool.Name, tool.Read(file)), tool, null);
        }
        catch (ImportException exception)
        {
            return new ImportReading(null, tool, Problem(file, exception));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or OverflowException)
        {
            // A file from outside is never a reason to fail: what no importer expected is the file's fault too.
            return new ImportReading(null, tool, new ImportProblem($"The file holds something that cannot be read{(tool is null ? "" : $" as {tool.Title}'s")}: {exception.Message}", "", 0, 0));
        }
    }

    private static ImportException Unknown(ImportFile file)
    {
        // A file that is no JSON at all has a better message than that nobody knows it.
        if (file.IsJson)
            _ = file.Json;
        return new ImportException($"This is no file of a tool that Brigade knows: {string.Join("; ", All.Select(importer => $"{importer.Title} ({importer.MadeBy})"))}.");
    }

    private static ImportProblem Problem(ImportFile? file, ImportException exception)
    {
        if (exception.Line > 0 || exception.Pointer.Length == 0 || file?.Root is null)
            return new ImportProblem(exception.Message, exception.Pointer, exception.Line, exception.Column);
        try
        {
            var (line, column) = JsonPlace.Of(file.Utf8.Span, exception.Pointer);
            return new ImportProblem(exception.Message, exception.Pointer, line, column);
        }
        catch (InvalidOperationException)
        {
            // A name on the way there is no text; the pointer tells enough.
            return new ImportProblem(exception.Message, exception.Pointer, 0, 0);
        }
    }
}
