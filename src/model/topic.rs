//! What a promise is about.

use super::words::words;

words! {
    /// The subject of a commitment; the field's usual headings (GHG Protocol,
    /// SBTi, CDP questionnaires).
    Topic {
        CarbonNeutral = "carbon-neutral",
        NetZero = "net-zero",
        EmissionsReduction = "emissions-reduction",
        RenewableElectricity = "renewable-electricity",
        RenewableEnergy = "renewable-energy",
        EnergyEfficiency = "energy-efficiency",
        Water = "water",
        Waste = "waste",
        Circularity = "circularity",
        Biodiversity = "biodiversity",
        FleetElectrification = "fleet-electrification",
        SupplyChain = "supply-chain",
        Finance = "finance",
        Other = "other",
        EmissionsIntensity = "emissions-intensity",
        Methane = "methane",
        FossilPhaseOut = "fossil-phase-out",
        Packaging = "packaging",
        Deforestation = "deforestation",
        Social = "social",
        Governance = "governance",
    }
}

impl Topic {
    /// Whether the target is a net quantity, which gross figures cannot
    /// disprove (design, ruling 12).
    #[must_use]
    pub const fn is_net(self) -> bool {
        matches!(self, Self::CarbonNeutral | Self::NetZero)
    }
}
