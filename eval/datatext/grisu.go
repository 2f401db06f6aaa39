package datatext

// This file defines the decimal digits of a float.
//
// strconv always finds the shortest digits that read back as the same float.
// The JSON library of the reference does not: it uses Grisu2 (Florian Loitsch, "Printing
// Floating-Point Numbers Quickly and Accurately with Integers", 2010), which
// misses them for about one float in a thousand. To write the same bytes we
// need the same algorithm, with the same powers of ten.

import (
	"math"
	"math/big"
	"math/bits"
	"sync"
)

// maxDigits is the most that Grisu2 writes for a float64.
const maxDigits = 17

// A scaled is f * 2^e.
type scaled struct {
	f uint64
	e int
}

func (x scaled) normalized() scaled {
	n := bits.LeadingZeros64(x.f)
	return scaled{x.f << n, x.e - n}
}

// times returns the upper half of the product, rounded.
func (x scaled) times(y scaled) scaled {
	hi, lo := bits.Mul64(x.f, y.f)
	return scaled{hi + lo>>63, x.e + y.e + 64}
}

// The powers of ten that are at hand: 10^-300, 10^-292, ..., 10^324. Which
// ones they are decides about the digits of some floats.
const (
	minPower  = -300
	powerStep = 8
	numPowers = 79
)

var powers = sync.OnceValue(func() *[numPowers]scaled {
	var t [numPowers]scaled
	for i := range t {
		t[i] = powerOfTen(minPower + i*powerStep)
	}
	return &t
})

// powerOfTen returns 10^k rounded to 64 bits.
func powerOfTen(k int) scaled {
	ten := new(big.Float).SetPrec(2000).SetInt64(10)
	x := new(big.Float).SetPrec(2000).SetInt64(1)
	for range max(k, -k) {
		x.Mul(x, ten)
	}
	if k < 0 {
		x.Quo(new(big.Float).SetPrec(2000).SetInt64(1), x)
	}
	mant := new(big.Float)
	e := x.SetPrec(64).MantExp(mant)
	f, _ := mant.SetMantExp(mant, 64).Uint64()
	return scaled{f, e - 64}
}

// powerFor returns a power 10^k such that its product with a normalized
// number of exponent e has an exponent between -60 and -32.
func powerFor(e int) (p scaled, k int) {
	f := -60 - e - 1
	k = f * 78913 / (1 << 18) // f * log10(2), rounded towards zero
	if f > 0 {
		k++
	}
	i := (-minPower + k + powerStep - 1) / powerStep
	return powers()[i], minPower + i*powerStep
}

// grisu2 appends the digits d of f to buf and returns them with an exponent x
// such that d * 10^x reads back as f, which is positive and finite.
func grisu2(buf []byte, f float64) (digits []byte, exp int) {
	b := math.Float64bits(f)
	m, e := b&(1<<52-1), int(b>>52)
	isPower := m == 0 && e > 1 // then the next smaller float is closer
	if e == 0 {
		e = 1
	} else {
		m |= 1 << 52
	}
	v := scaled{m, e - 1075}

	// Halfway to the neighbours: all numbers between read back as f.
	high := scaled{2*v.f + 1, v.e - 1}.normalized()
	low := scaled{2*v.f - 1, v.e - 1}
	if isPower {
		low = scaled{4*v.f - 1, v.e - 2}
	}
	low = scaled{low.f << (low.e - high.e), high.e}

	p, k := powerFor(high.e)
	w := v.normalized().times(p)
	high = high.times(p)
	low = low.times(p)
	// The products are off by up to one unit: stay on the safe side.
	high.f--
	low.f++
	return generateDigits(buf, low, w, high, -k)
}

// generateDigits appends the shortest digits of a number between low and
// high, and moves the last one towards w. The three have the same exponent.
func generateDigits(buf []byte, low, w, high scaled, exp int) ([]byte, int) {
	delta, dist := high.f-low.f, high.f-w.f
	shift := -high.e
	one := uint64(1) << shift
	whole, part := uint32(high.f>>shift), high.f&(one-1)

	unit, n := uint32(1), 1
	for n < 10 && whole/10 >= unit {
		unit *= 10
		n++
	}
	for n > 0 {
		buf = append(buf, '0'+byte(whole/unit))
		whole %= unit
		n--
		if rest := uint64(whole)<<shift + part; rest <= delta {
			approach(buf, dist, delta, rest, uint64(unit)<<shift)
			return buf, exp + n
		}
		unit /= 10
	}
	for {
		part *= 10
		buf = append(buf, '0'+byte(part>>shift))
		part &= one - 1
		exp--
		delta *= 10
		dist *= 10
		if part <= delta {
			approach(buf, dist, delta, part, one)
			return buf, exp
		}
	}
}

// approach lowers the last digit while that brings the number closer to w and
// keeps it above low. All distances are from high: dist that of w, delta that
// of low, rest that of the digits; unit is the worth of the last digit.
func approach(buf []byte, dist, delta, rest, unit uint64) {
	for rest < dist && delta-rest >= unit && (rest+unit < dist || dist-rest > rest+unit-dist) {
		buf[len(buf)-1]--
		rest += unit
	}
}
