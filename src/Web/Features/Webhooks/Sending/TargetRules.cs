using Brigade.Contracts.Network;
using Brigade.Web.Hosting;

namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>Where the server may send to on behalf of the current workspace.</summary>
internal interface ITargetRules
{
    Task<AddressRules> CurrentAsync(CancellationToken cancellation);
}

/// <summary>Public addresses; and this machine itself, where only the people at this machine reach the server.</summary>
internal sealed class TargetRules(IConfiguration configuration) : ITargetRules
{
    public Task<AddressRules> CurrentAsync(CancellationToken cancellation) =>
        Task.FromResult(new AddressRules(IsForThisMachine ? NetworkRules.PublicOnly.WithLoopback() : NetworkRules.PublicOnly));

    private bool IsForThisMachine => configuration["Brigade:PublicUrl"] is null or "" && ListenAddress.Of(configuration).All(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);
}
