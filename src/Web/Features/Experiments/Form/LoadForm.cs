using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>How the work of a trial comes.</summary>
public enum LoadKind
{
    /// <summary>Closed: a number of tasks.</summary>
    Tasks,

    /// <summary>Closed: for a time.</summary>
    Duration,

    /// <summary>Open: arrivals at a constant rate.</summary>
    Rate,

    /// <summary>Open: arrivals at rates that change.</summary>
    Stages,
}

/// <summary>One stage of arrivals, as it was typed.</summary>
public sealed class StageRow(string rate, string length)
{
    public string Rate { get; set; } = rate;

    public string For { get; set; } = length;
}

/// <summary>The load as it was typed.</summary>
public sealed class LoadForm
{
    public LoadKind Kind { get; set; }

    public string Tasks { get; set; } = "200";

    public string Duration { get; set; } = "5s";

    public string Rate { get; set; } = "100/s";

    /// <summary>Empty means the product's own bound.</summary>
    public string MaxInFlight { get; set; } = "";

    public IList<StageRow> Stages { get; } = [];

    /// <summary>Whether tasks arrive whether or not those before have ended.</summary>
    public bool IsOpen => Kind is LoadKind.Rate or LoadKind.Stages;

    public static LoadForm From(LoadSpec load)
    {
        ArgumentNullException.ThrowIfNull(load);
        var form = new LoadForm
        {
            Kind = load.Stages.Count > 0 ? LoadKind.Stages : load.Rate is not null ? LoadKind.Rate : load.Duration is not null ? LoadKind.Duration : LoadKind.Tasks,
            MaxInFlight = load.MaxInFlight?.ToString(CultureInfo.InvariantCulture) ?? "",
        };
        form.Tasks = load.Tasks?.ToString(CultureInfo.InvariantCulture) ?? form.Tasks;
        form.Duration = load.Duration is { } duration ? Units.FormatDuration(duration) : form.Duration;
        form.Rate = load.Rate is { } rate ? Units.FormatRate(rate) : form.Rate;
        foreach (var stage in load.Stages)
            form.Stages.Add(new StageRow(Units.FormatRate(stage.Rate), Units.FormatDuration(stage.For)));
        return form;
    }

    /// <summary>Changes the kind; stages begin with a profile to change: up, busy, down.</summary>
    public void Use(LoadKind kind)
    {
        Kind = kind;
        if (kind != LoadKind.Stages || Stages.Count > 0)
            return;
        foreach (var (rate, length) in new[] { ("50/s", "5s"), ("200/s", "10s"), ("50/s", "5s") })
            Stages.Add(new StageRow(rate, length));
    }

    /// <summary>Adds a stage like the last one.</summary>
    public void AddStage() => Stages.Add(Stages.Count == 0 ? new StageRow("100/s", "5s") : new StageRow(Stages[^1].Rate, Stages[^1].For));

    internal LoadSpec Read(FormFields fields) => Kind switch
    {
        LoadKind.Tasks => new LoadSpec { Tasks = fields.Number(Tasks, "/load/tasks", "the number of tasks, for example 200") },
        LoadKind.Duration => new LoadSpec { Duration = fields.Duration(Duration, "/load/duration") },
        LoadKind.Rate => new LoadSpec { Rate = fields.Rate(Rate, "/load/rate"), Duration = fields.Duration(Duration, "/load/duration"), MaxInFlight = ReadMaxInFlight(fields) },
        _ => new LoadSpec { Stages = ReadStages(fields), MaxInFlight = ReadMaxInFlight(fields) },
    };

    private int? ReadMaxInFlight(FormFields fields) =>
        MaxInFlight.Trim().Length == 0 ? null : fields.Small(MaxInFlight, "/load/maxInFlight", "how many tasks may be under way at once, for example 1000, or nothing");

    private List<StageSpec> ReadStages(FormFields fields)
    {
        if (Stages.Count == 0)
            fields.Report("/load/stages", "There is no stage: add one.");
        return [.. Stages.Select((stage, index) => new StageSpec(
            fields.Rate(stage.Rate, string.Create(CultureInfo.InvariantCulture, $"/load/stages/{index}/rate")),
            fields.Duration(stage.For, string.Create(CultureInfo.InvariantCulture, $"/load/stages/{index}/for"))))];
    }
}
