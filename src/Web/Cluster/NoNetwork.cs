using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Brigade.Web.Cluster;

/// <summary>
/// A silo alone needs no network. Without this it would listen on two ports that ask nobody for a token, and two Webs on one machine would fight for them.
/// </summary>
internal static class NoNetwork
{
    public static void UseNoNetwork(this ISiloBuilder silo)
    {
        // The keys under which Orleans registers its transports are its own, so the registrations are replaced in place.
        foreach (var old in silo.Services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToList())
        {
            silo.Services.Remove(old);
            silo.Services.AddKeyedSingleton<IConnectionListenerFactory>(old.ServiceKey, new SilentListenerFactory());
        }
    }

    private sealed class SilentListenerFactory : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(new SilentListener(endpoint));
    }

    /// <summary>Accepts nobody until it is unbound.</summary>
    private sealed class SilentListener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(_unbound.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _unbound.TrySetResult(null);
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
