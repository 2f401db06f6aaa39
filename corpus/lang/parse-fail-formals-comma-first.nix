# L26: a comma at the start
{ , a }: a
