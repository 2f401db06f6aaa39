package tomltext

// This file defines the values of dates and times: the text that the reference
// makes of them. The package time is of no use here, since it knows no leap
// seconds, no offsets of a day, and no local times without a date.

import (
	"fmt"
	"strings"
)

const (
	msgDate   = "toml::parse_local_date: invalid date."
	noteDate  = "month must be 01-12, day must be any of 01-28,29,30,31 depending on the month/year."
	msgTime   = "toml::parse_local_time: invalid time."
	msgFormat = "bad datetime: invalid format"
)

// normalTime returns a date or time with an upper case T between the two, Z for
// an offset of zero, and with no, 3, 6 or 9 digits of a second. If it is wrong,
// msg says why.
func normalTime(s string) (text, msg, note string) {
	c := cursor{rest: s, ok: true}
	var b strings.Builder
	hasDate := !strings.Contains(s[:min(3, len(s))], ":")
	if hasDate {
		year, month, day := c.digits(4), c.after('-', 2), c.after('-', 2)
		if !c.ok {
			return "", msgFormat, "here"
		}
		if month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
			return "", msgDate, noteDate
		}
		fmt.Fprintf(&b, "%04d-%02d-%02d", year, month, day)
		if c.rest == "" {
			return b.String(), "", ""
		}
		if !strings.Contains("Tt ", c.rest[:1]) {
			return "", msgFormat, "here"
		}
		c.rest = c.rest[1:]
		b.WriteByte('T')
	}

	hour, minute, second := c.digits(2), c.after(':', 2), c.after(':', 2)
	fraction := c.fraction()
	if !c.ok {
		return "", "bad time: must be HH:MM:SS.subsec", "here"
	}
	if hour > 23 || minute > 59 {
		return "", msgTime, "hour must be 00-23, minute must be 00-59."
	}
	if second > 60 {
		return "", msgTime, "second must be 00-60."
	}
	fmt.Fprintf(&b, "%02d:%02d:%02d%s", hour, minute, second, fraction)

	if c.rest == "" {
		return b.String(), "", ""
	}
	if !hasDate {
		return "", msgFormat, "here" // a time alone has no offset
	}
	sign := c.rest[0]
	c.rest = c.rest[1:]
	switch sign {
	case 'Z', 'z':
		if c.rest != "" {
			return "", msgFormat, "here"
		}
		b.WriteByte('Z')
	case '+', '-':
		hour, minute := c.digits(2), c.after(':', 2)
		if !c.ok || c.rest != "" {
			return "", "bad offset: must be [+-]HH:MM or Z", "here"
		}
		if hour > 24 || minute > 60 {
			return "", "toml::parse_offset_datetime: too large offset: |hour| <= 24, |minute| <= 60", "here"
		}
		if total := 60*hour + minute; total == 0 {
			b.WriteByte('Z')
		} else {
			fmt.Fprintf(&b, "%c%02d:%02d", sign, total/60, total%60)
		}
	default:
		return "", msgFormat, "here"
	}
	return b.String(), "", ""
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// A cursor reads a date or time from the left. After the first mistake ok is
// false, and what it returns is of no use.
type cursor struct {
	rest string
	ok   bool
}

// digits reads exactly n digits.
func (c *cursor) digits(n int) int {
	if len(c.rest) < n {
		c.ok = false
		return 0
	}
	v := 0
	for i := range n {
		d := c.rest[i] - '0'
		if d > 9 {
			c.ok = false
			return 0
		}
		v = 10*v + int(d)
	}
	c.rest = c.rest[n:]
	return v
}

// after reads a separator and n digits.
func (c *cursor) after(sep byte, n int) int {
	if c.rest == "" || c.rest[0] != sep {
		c.ok = false
		return 0
	}
	c.rest = c.rest[1:]
	return c.digits(n)
}

// fraction reads a decimal point with digits, if there is one, and returns it
// cut to nanoseconds and with as many digits as are needed in groups of three.
func (c *cursor) fraction() string {
	if c.rest == "" || c.rest[0] != '.' {
		return ""
	}
	n := 1
	for n < len(c.rest) && c.rest[n]-'0' <= 9 {
		n++
	}
	if n == 1 {
		c.ok = false
		return ""
	}
	digits := (c.rest[1:n] + "000000000")[:9]
	c.rest = c.rest[n:]
	for digits != "" && strings.HasSuffix(digits, "000") {
		digits = digits[:len(digits)-3]
	}
	if digits == "" {
		return ""
	}
	return "." + digits
}
