"""What the food shop sells: category, price in yuan, and how often it goes into a basket."""

from __future__ import annotations

from typing import NamedTuple


class Product(NamedTuple):
    """One product. ``weight`` is its popularity among all products."""

    code: str
    category: str
    price: float
    weight: float


PRODUCTS = (
    Product("green_tea", "tea", 45.0, 1.0),
    Product("jasmine_tea", "tea", 38.0, 0.9),
    Product("oolong_tea", "tea", 52.0, 0.8),
    Product("black_tea", "tea", 42.0, 0.8),
    Product("puer_tea", "tea", 68.0, 0.7),
    Product("melon_seeds", "snacks", 12.8, 1.5),
    Product("biscuits", "snacks", 9.9, 1.4),
    Product("rice_crackers", "snacks", 8.5, 1.1),
    Product("seaweed", "snacks", 11.5, 1.0),
    Product("chocolate", "snacks", 22.0, 1.1),
    Product("haw_rolls", "snacks", 7.8, 0.8),
    Product("walnuts", "nuts", 32.0, 1.1),
    Product("cashews", "nuts", 36.0, 0.9),
    Product("pistachios", "nuts", 39.0, 0.8),
    Product("raisins", "nuts", 15.8, 0.9),
    Product("red_dates", "nuts", 19.9, 1.2),
    Product("dried_mango", "nuts", 18.5, 0.8),
    Product("milk", "breakfast", 14.5, 1.6),
    Product("yoghurt", "breakfast", 16.8, 1.3),
    Product("bread", "breakfast", 10.5, 1.5),
    Product("oats", "breakfast", 19.5, 0.9),
    Product("honey", "breakfast", 35.0, 0.7),
    Product("soy_milk", "breakfast", 17.5, 0.8),
    Product("hotpot_base", "kitchen", 13.9, 0.9),
    Product("sesame_sauce", "kitchen", 16.5, 0.7),
    Product("soy_sauce", "kitchen", 11.9, 1.1),
    Product("vinegar", "kitchen", 9.5, 1.0),
    Product("chilli_sauce", "kitchen", 12.5, 1.0),
    Product("noodles", "kitchen", 8.9, 1.3),
    Product("tea_gift", "gifts", 168.0, 0.55),
    Product("nut_gift", "gifts", 128.0, 0.6),
    Product("pastry_gift", "gifts", 98.0, 0.65),
    Product("fruit_gift", "gifts", 88.0, 0.55),
)
