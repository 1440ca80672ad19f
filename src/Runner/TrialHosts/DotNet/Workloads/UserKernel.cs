using System.Collections.Concurrent;
using System.Reflection;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>The user's C# as a kernel: <c>Task(long index)</c>, and <c>TaskAsync(long index)</c> for the strategy <c>async</c>. Where one is missing the other stands in for it.</summary>
internal sealed class UserKernel : IKernel
{
    private readonly UserCode _code;
    private readonly Func<long, ulong>? _run;
    private readonly Func<long, ValueTask<ulong>>? _runAsync;
    private static readonly ConcurrentBag<UserKernel> Made = [];

    private readonly Action? _teardown;
    private int _isTornDown;

    public UserKernel(TrialRequest request)
    {
        _code = UserCode.Of(request.Workload.Code!);
        var adapter = _code.Create();
        (_run, _runAsync) = request.Try == true
            ? Shown(Method<Func<long, object?>>(adapter, AdapterText.Value), Method<Func<long, Task<object?>>>(adapter, AdapterText.ValueAsync))
            : (Method<Func<long, ulong>>(adapter, AdapterText.Run), Method<Func<long, ValueTask<ulong>>>(adapter, AdapterText.RunAsync));
        _teardown = Method<Action>(adapter, AdapterText.Teardown);
        Call(AdapterText.Setup, Method<Action>(adapter, AdapterText.Setup));
        if (HasTeardown)
        {
            Made.Add(this);
        }
    }

    public bool HasTeardown => _teardown is not null;

    /// <summary>Tears down all workers of this process; gives what went wrong.</summary>
    public static IEnumerable<string> TearDownAll() => Made.Select(kernel => kernel.TearDown()).Where(complaint => complaint.Length > 0).ToList();

    public ulong Run(long index) => _run is { } run ? run(index) : Block(_runAsync!(index));

    public ValueTask<ulong> RunAsync(long index) => _runAsync is { } run ? run(index) : new(_run!(index));

    /// <summary>The worker has ended its last task; again does nothing.</summary>
    /// <returns>What went wrong; empty for nothing.</returns>
    public string TearDown()
    {
        try
        {
            Call(AdapterText.Teardown, Interlocked.Exchange(ref _isTornDown, 1) == 0 ? _teardown : null);
            return "";
        }
        catch (TrialFailedException exception)
        {
            return exception.Message;
        }
    }

    private void Call(string name, Action? method)
    {
        try
        {
            method?.Invoke();
        }
        catch (Exception exception)
        {
            throw _code.Failed(name + "()", exception);
        }
    }

    /// <summary>A thread that is its worker's own has nothing else to do meanwhile.</summary>
    private static ulong Block(ValueTask<ulong> task) => task.AsTask().GetAwaiter().GetResult();

    private static (Func<long, ulong>?, Func<long, ValueTask<ulong>>?) Shown(Func<long, object?>? value, Func<long, Task<object?>>? valueAsync) => (
        value is null ? null : index => LastResult.Show(value(index)),
        valueAsync is null ? null : async index => LastResult.Show(await valueAsync(index)));

    private static T? Method<T>(object adapter, string name)
        where T : Delegate => adapter.GetType().GetMethod(name, BindingFlags.Public | BindingFlags.Instance) is { } method ? method.CreateDelegate<T>(adapter) : null;
}
