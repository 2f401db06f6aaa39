package build

// This file defines structured attributes as a shell reads them.

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// shellName is the name of a variable of a shell.
var shellName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// shellText returns declarations of attributes for bash. What a variable of a shell cannot
// be is left out: floats, lists in lists, and names that are none.
func shellText(attrs map[string]any) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(attrs)) {
		if !shellName.MatchString(name) {
			continue
		}
		if text, ok := shellWord(attrs[name]); ok {
			out.WriteString("declare " + name + "=" + text + "\n")
			continue
		}
		var parts strings.Builder
		flag, good := "-a", true
		switch v := attrs[name].(type) {
		case []any:
			for _, e := range v {
				text, ok := shellWord(e)
				good = good && ok
				parts.WriteString(text + " ")
			}
		case map[string]any:
			flag = "-A"
			for _, key := range slices.Sorted(maps.Keys(v)) {
				text, ok := shellWord(v[key])
				good = good && ok
				parts.WriteString("[" + ShellQuote(key) + "]=" + text + " ")
			}
		default:
			good = false
		}
		if good {
			out.WriteString("declare " + flag + " " + name + "=(" + parts.String() + ")\n")
		}
	}
	return out.String()
}

// shellWord returns a value that is one word. Numbers are those of 32 bits, as with the
// reference.
func shellWord(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return ShellQuote(v), true
	case int64:
		return strconv.FormatInt(int64(int32(v)), 10), true
	case uint64:
		return strconv.FormatInt(int64(int32(v)), 10), true
	case float64:
		if single := float64(float32(v)); single == math.Trunc(single) && math.Abs(single) < math.MaxInt32 {
			return strconv.FormatInt(int64(v), 10), true
		}
	case nil:
		return "''", true
	case bool:
		if v {
			return "1", true
		}
		return "", true
	}
	return "", false
}

// ShellQuote returns a text in single quotation marks.
func ShellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
