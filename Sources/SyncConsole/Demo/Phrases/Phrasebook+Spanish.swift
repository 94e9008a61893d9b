extension Phrasebook {
    static let spanish = Phrasebook(
        language: "es",
        names: [
            "installation": "Instalación de {}",
            "confirmation_visit": "Visita de confirmación de {}",
            "quotation_visit": "Visita de presupuesto de {}",
            "maintenance": "Mantenimiento de {}",
            "rework": "Repaso de {}",
            "complex": "Obra compleja de {}",
        ],
        shortNames: [
            "installation": "Instalación {}",
            "confirmation_visit": "Confirmación {}",
            "quotation_visit": "Presupuesto {}",
            "maintenance": "Mantenimiento {}",
            "rework": "Repaso {}",
            "complex": "Obra {}",
        ],
        objects: [
            "hvac": "aire acondicionado",
            "plumbing": "grifería y desagües",
            "electrical": "cuadro eléctrico",
            "appliance": "lavavajillas",
            "kitchen": "cocina a medida",
            "bathroom": "plato de ducha",
            "flooring": "suelo laminado",
            "painting": "pintura interior",
            "maintenance": "caldera de condensación",
        ],
        descriptions: [
            "{}. Servicio completo con técnico certificado, material auxiliar incluido y "
                + "prueba final con el cliente.",
            "{}. Incluye desplazamiento, protección de la zona de trabajo y retirada de embalajes.",
            "{}. Precio cerrado para vivienda habitual, con garantía de dos años sobre la "
                + "mano de obra.",
        ],
        qualifiers: [
            "vivienda unifamiliar",
            "piso hasta 90 m²",
            "local comercial",
            "planta baja",
            "gama alta",
            "en 48 horas",
            "ático sin ascensor",
            "segunda residencia",
        ],
        scopeIncluded: [
            "Retirada del equipo antiguo",
            "Montaje del equipo nuevo",
            "Prueba de funcionamiento",
            "Explicación al cliente",
            "Protección de suelos y muebles",
            "Limpieza de la zona de trabajo",
            "Certificado de instalación",
            "Ajuste y nivelado",
        ],
        scopeExcluded: [
            "Obras de albañilería",
            "Ampliación del cuadro eléctrico",
            "Conductos de ventilación",
            "Permisos de la comunidad",
            "Trabajos en altura",
            "Pintura de remates",
        ],
        worksiteRequirements: [
            "Toma de corriente a menos de 2 metros",
            "Soporte de pared instalado",
            "Acceso libre a la zona de trabajo",
            "Llave de paso operativa",
            "Plaza para el vehículo a menos de 50 metros",
            "Mascotas fuera de la zona",
        ],
        productPrerequisites: [
            "Equipo entregado en el domicilio",
            "Kit de instalación incluido",
            "Todos los accesorios presentes",
            "Medidas confirmadas por escrito",
            "Garantía del fabricante activada",
            "Color y acabado elegidos",
        ],
        deprecationReasons: [
            "Sustituido por la nueva gama",
            "Sin proveedores en la zona",
            "Retirado por el fabricante",
            "Fusionado con otro servicio",
        ]
    )
}
