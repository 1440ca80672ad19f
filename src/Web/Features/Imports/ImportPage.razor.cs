using Brigade.Analysis.Importing;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Brigade.Web.Features.Imports;

/// <summary>Takes a file of another tool, shows what it holds, and stores it as a run.</summary>
public sealed partial class ImportPage
{
    private const int MostRows = 100;

    private IBrowserFile? _file;
    private byte[]? _content;
    private string _tool = "";
    private string _name = "";
    private ImportReading? _reading;
    private bool _isReading;
    private bool _isImporting;
    private RunRow? _earlier;

    [Inject]
    private ImportStore Imports { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    private DateTimeOffset? MeasuredAt => ImportedFile.MeasuredAt(_reading!.Run!, FileTime, Clock.Now);

    // Where the file does not say when, its own date is nearer than now.
    private DateTimeOffset? FileTime => _reading?.Run?.MeasuredAt is null && _file is { } file && ImportedFile.CanBe(file.LastModified, Clock.Now) ? file.LastModified : null;

    private string MeasuredText => (MeasuredAt, FileTime) switch
    {
        (null, _) => "The file does not say when it was measured; it counts as measured now.",
        ({ } at, null) => $"Measured {Clock.Short(at)}.",
        ({ } at, _) => $"The file does not say when it was measured; its own date counts, {Clock.Short(at)}.",
    };

    private string MachineText => _reading?.Run?.Machine is { } machine ? string.Join(", ", new[] { machine.Host, machine.Cpu, machine.Os }.Where(part => part.Length > 0)) : "";

    private async Task ChooseAsync(InputFileChangeEventArgs args)
    {
        (_file, _content, _reading, _earlier) = (args.File, null, null, null);
        if (args.File.Size > ImportLimits.MaximumBytes)
        {
            _reading = new ImportReading(null, null, new ImportProblem($"It is larger than the most that is read, {ImportLimits.MaximumBytes >> 20} MiB."));
            return;
        }

        _isReading = true;
        await TryAsync("The file could not be read.", async () =>
        {
            using var buffer = new MemoryStream();
            await using var stream = args.File.OpenReadStream(ImportLimits.MaximumBytes, Gone);
            await stream.CopyToAsync(buffer, Gone);
            _content = buffer.ToArray();
        });
        _isReading = false;
        Read();
    }

    private void UseTool(ChangeEventArgs args)
    {
        _tool = args.Value as string ?? "";
        Read();
    }

    private void Read()
    {
        if (_content is null)
            return;
        _earlier = null;
        _reading = Importers.Read(_file!.Name, _content, Importers.Find(_tool));
        _name = _reading.Run?.Spec.Name ?? "";
    }

    private async Task ImportAsync(bool isAgain)
    {
        _isImporting = true;
        _earlier = null;
        await TryAsync("The results could not be imported.", async () =>
        {
            try
            {
                var import = ImportedFile.Of(_reading!.Run!, _name, MeasuredAt, Clock.Now) with { ContentHash = isAgain ? "" : ImportedFile.HashOf(_content) };
                var run = await Imports.ImportAsync(import, Gone);
                Navigation.NavigateTo($"/runs/{run.Id}");
            }
            catch (AlreadyImportedException again)
            {
                // No fault, but a question: the reader may want it in another experiment, or once more.
                _earlier = again.Earlier;
            }
        });
        _isImporting = false;
    }
}
