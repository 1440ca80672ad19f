using Brigade.Data.Entities;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>What nodes share that belongs to no workspace: keys, links, and who is in the cluster.</summary>
internal sealed class OperationsConfiguration
    : IEntityTypeConfiguration<DataProtectionKey>, IEntityTypeConfiguration<ClusterVersion>, IEntityTypeConfiguration<ClusterMember>, IEntityTypeConfiguration<GrainRegistration>,
        IEntityTypeConfiguration<EntryLink>
{
    private const int HashLength = 64;

    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.Property(key => key.FriendlyName).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<ClusterVersion> builder)
    {
        builder.ToTable("ClusterVersions");
        builder.Property(version => version.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<ClusterMember> builder)
    {
        builder.ToTable("ClusterMembers");
        builder.HasKey(member => member.Silo);
        builder.Property(member => member.Silo).HasMaxLength(ClusterMember.LongestAddress);
    }

    public void Configure(EntityTypeBuilder<GrainRegistration> builder)
    {
        builder.ToTable("GrainRegistrations");
        builder.HasKey(grain => grain.Grain);
        builder.Property(grain => grain.Grain).HasMaxLength(GrainRegistration.LongestGrain);
        builder.Property(grain => grain.Activation).HasMaxLength(ClusterMember.LongestAddress);
        builder.Property(grain => grain.Silo).HasMaxLength(ClusterMember.LongestAddress);
        builder.HasIndex(grain => grain.Silo);
    }

    public void Configure(EntityTypeBuilder<EntryLink> builder)
    {
        builder.ToTable("EntryLinks");
        builder.HasKey(link => link.TokenHash);
        builder.Property(link => link.TokenHash).HasMaxLength(HashLength);
        builder.HasIndex(link => link.ExpiresAt);
    }
}
