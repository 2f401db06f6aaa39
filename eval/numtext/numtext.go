// Package numtext writes floats as the reference prints them.
//
//	AppendFloat  as the printer and builtins.toXML write it: 0.1, 1e+06, inf
//	AppendFixed  as toString writes it: 0.100000, 1000000.000000, inf
//
// Both are lossy. JSON has a third form, see package datatext.
package numtext

// This file defines AppendFloat and AppendFixed.

import (
	"math"
	"strconv"
)

// AppendFloat appends f with six significant digits, without zeros at the end,
// as C's %g does: 1.0 is 1, 1000000.0 is 1e+06.
func AppendFloat(dst []byte, f float64) []byte { return appendFloat(dst, f, 'g') }

// AppendFixed appends f with six digits behind the decimal point, as C's %f
// does: 1.0 is 1.000000. Large floats have all their digits.
func AppendFixed(dst []byte, f float64) []byte { return appendFloat(dst, f, 'f') }

// appendFloat differs from strconv where C does. C also shows the sign of a
// NaN, and which sign a computed NaN has depends on the machine: on amd64
// inf - inf is -nan, on arm64 it is nan.
func appendFloat(dst []byte, f float64, verb byte) []byte {
	if !math.IsInf(f, 0) && !math.IsNaN(f) {
		return strconv.AppendFloat(dst, f, verb, 6, 64)
	}
	if math.Signbit(f) {
		dst = append(dst, '-')
	}
	if math.IsNaN(f) {
		return append(dst, "nan"...)
	}
	return append(dst, "inf"...)
}
