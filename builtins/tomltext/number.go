package tomltext

// This file defines the values of integers and floats. The parser has checked
// how they are written.

import (
	"math"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

func (p *parser) integer(n *unstable.Node) (*node, error) {
	digits := strings.ReplaceAll(string(n.Data), "_", "")
	base, in, limit := 10, "dec", "digits"
	if len(digits) > 2 && digits[0] == '0' {
		switch digits[1] {
		case 'x':
			base, in = 16, "hex"
		case 'o':
			base, in = 8, "oct"
		case 'b':
			base, in = 2, "bin"
		}
		digits, limit = digits[2:], "value"
	}
	i, err := strconv.ParseInt(digits, base, 64)
	if err != nil {
		return nil, errorAt(p.src, p.end(n), "toml::parse_"+in+"_integer: too large integer: current max "+limit+" = 2^63", "must be < 2^63", "")
	}
	return &node{kind: kindInt, bits: uint64(i)}, nil
}

func (p *parser) float(n *unstable.Node) (*node, error) {
	text := strings.ReplaceAll(string(n.Data), "_", "")
	var f float64
	switch strings.TrimLeft(text, "+-") {
	case "inf":
		f = math.Inf(1)
	case "nan":
		f = math.Copysign(math.NaN(), 1)
	default:
		var err error
		if f, err = strconv.ParseFloat(text, 64); err != nil {
			return nil, errorAt(p.src, p.end(n), "toml::parse_floating: failed to read floating point value from stream", "here", "")
		}
		return &node{kind: kindFloat, bits: math.Float64bits(f)}, nil
	}
	if text[0] == '-' {
		f = math.Copysign(f, -1)
	}
	return &node{kind: kindFloat, bits: math.Float64bits(f)}, nil
}
