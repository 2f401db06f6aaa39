// Package eval turns trees into values. It is not written yet.
package eval
