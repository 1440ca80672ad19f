namespace Brigade.Analysis.Importing;

/// <summary>A file cannot be imported; the message says what is wrong and how to mend it.</summary>
/// <param name="pointer">Where, as a JSON pointer or a column's name; empty for the whole file.</param>
/// <param name="line">Where the reader knows it; 0 where it is to be found from the pointer, or there is none.</param>
public sealed class ImportException(string message, string pointer = "", int line = 0, int column = 0) : Exception(message)
{
    public string Pointer { get; } = pointer;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
