"""How strongly training images are distorted: plain numbers, known without importing JAX."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Distortion:
    """Strength of the distortions; each is the half-width of a uniform range around no change."""

    rotation_degrees: float = 12.0
    slant: float = 0.25
    """Horizontal shear."""
    scale: float = 0.15
    """Relative change of size."""
    stretch: float = 0.15
    """Relative change of the aspect ratio."""
    shift_pixels: float = 1.0
    """Shift in x and in y."""
    elastic_pixels: float = 1.2
    """Root mean square of the elastic displacement, in x and y each.

    Simard, Steinkraus and Platt (2003) smooth uniform noise from -1 to 1 by a Gaussian of standard
    deviation sigma and multiply it by alpha. This gives alpha / (sigma sqrt(12 pi)), 1.4 pixels for
    their alpha of 34 and sigma of 4.
    """
    elastic_sigma_pixels: float = 4.0
    """Standard deviation of the Gaussian that smooths the elastic displacement."""
    thicken: float = 0.5
    """Fraction of the way to the darkest of a pixel and its four neighbours."""
    thin: float = 0.35
    """Fraction of the way to the lightest of a pixel and its four neighbours."""

    def scaled(self, share: float) -> "Distortion":
        """Return a distortion with all amounts multiplied by `share`, and the same smoothness."""
        amounts = {name: share * amount for name, amount in asdict(self).items()}
        return Distortion(**amounts | {"elastic_sigma_pixels": self.elastic_sigma_pixels})
