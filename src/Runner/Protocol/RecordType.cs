namespace Brigade.Runner.Protocol;

/// <summary>The type byte of a record; see <c>docs/trial-protocol.md</c>.</summary>
public enum RecordType : byte
{
    Hello = 1,
    Ready = 2,
    Measuring = 3,
    Tasks = 4,
    Error = 5,
    Done = 6,
    Failed = 7,
    Worker = 8,
}
