namespace Brigade.Analysis.Importing;

/// <summary>Reads the results of one tool.</summary>
public interface IImporter
{
    /// <summary>As a run's source and <c>?tool=</c> say it.</summary>
    string Name { get; }

    /// <summary>As the tool calls itself.</summary>
    string Title { get; }

    /// <summary>How its file is made: a command, or an option of one.</summary>
    string MadeBy { get; }

    /// <summary>Whether the file looks like one of this tool; it may still be damaged.</summary>
    bool Recognises(ImportFile file);

    /// <summary>What the file holds.</summary>
    /// <exception cref="ImportException">It is no file of this tool, or damaged.</exception>
    ImportedResults Read(ImportFile file);
}
