using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>One fault, as it was typed.</summary>
public sealed class FaultRow
{
    public FaultKind Kind { get; set; }

    public string Worker { get; set; } = "0";

    public string AtTask { get; set; } = "50";

    public static FaultRow From(FaultSpec fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new() { Kind = fault.Kind, Worker = fault.Worker.ToString(CultureInfo.InvariantCulture), AtTask = fault.AtTask.ToString(CultureInfo.InvariantCulture) };
    }

    internal FaultSpec Read(FormFields fields, int index)
    {
        var pointer = string.Create(CultureInfo.InvariantCulture, $"/faults/{index}");
        return new FaultSpec(Kind, fields.Small(Worker, $"{pointer}/worker", "the number of the worker, from 0"), fields.Number(AtTask, $"{pointer}/atTask", "the number of its task, from 1"));
    }
}
