"""How strongly training images are distorted: plain numbers, known without importing JAX."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Distortion:
    """How far images are distorted. Each is the end of an even range around no change."""

    rotation_degrees: float = 12.0
    slant: float = 0.25
    """Sideways shift of the top against the middle, over the height between them."""
    scale: float = 0.15
    """Share by which the whole grows or shrinks."""
    stretch: float = 0.15
    """Share by which the width grows while the height shrinks, or the other way round."""
    shift_pixels: float = 1.0
    """Shift, rightward and downward each."""
    elastic_pixels: float = 1.2
    """Root mean square of the elastic displacement, in x and y each.

    Simard, Steinkraus and Platt (2003) smooth even noise of -1 to 1 by a Gaussian of deviation
    sigma and multiply by alpha, which comes to alpha / (sigma sqrt(12 pi)): 1.4 pixels for their
    34 and 4.
    """
    elastic_sigma_pixels: float = 4.0
    """Deviation of the Gaussian that smooths the elastic displacement."""
    thicken: float = 0.5
    """Share of the way to the darkest of a pixel and its four neighbours."""
    thin: float = 0.35
    """Share of the way to the lightest of a pixel and its four neighbours."""

    def scaled(self, share: float) -> "Distortion":
        """So much of all distortion; the elastic one stays as smooth."""
        amounts = {name: share * amount for name, amount in asdict(self).items()}
        return Distortion(**amounts | {"elastic_sigma_pixels": self.elastic_sigma_pixels})
